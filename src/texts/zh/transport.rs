//! Chinese words of the transport.

use crate::texts::transport::TransportWords;

pub(in crate::texts) static TRANSPORT: TransportWords = TransportWords {
    previous: "上一个事件",
    next: "下一个事件",
    play: "播放",
    pause: "暂停",
    step: ["第 ", " 步，共 ", " 步"],
};
