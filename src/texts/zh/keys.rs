//! What keys do, in Chinese.

use crate::texts::keys::KeyWords;

pub(super) static KEYS: KeyWords = KeyWords {
    on_timeline: "时间线：只要焦点所在之处不占用这个键",
    play: "播放或暂停",
    step: "下一个、上一个事件",
    marks: "同一行的上一个、下一个标记；焦点不在标记上时，上一个、下一个事件",
    rows: "上一行、下一行",
    pages: "Pod 很多时：向前、向后翻一页单元格；在条带上则到下一处状态变化",
    ends: "到开头、到结尾",
    tenths: "到运行的十分之几",
    why: "为什么有这个标记",
    faults: "杀死、驱逐、OOM、节点压力：作用于该行的 Pod，在播放头处",
    node_faults: "排空该 Pod 的节点、使其失联；再按一次恢复联系",
    exit_code: "该行 Pod 的退出码",
    nothing: "取消选择",
    zoom: "放大、缩小；也可以按住 Ctrl 滚动滚轮，或用两指缩放",
    pan: "往前、往后；也可以按住 Shift 滚动滚轮，或拖动",
    fit: "显示整个运行；也可以双击",
    fit_selection: "放大到所选的内容",
    range: "从播放头开始显示、显示到播放头为止；也可以在时间轴上拖动",
    find: "按编号、索引或名称查找 Pod",
    console: "到控制台：在此刻执行 kubectl",
    table: "以表格显示 Pod，再按一次回到时间线",
    only_there: "这些键只在焦点位于时间线上时起作用",
    help: "这份列表",

    on_edge: "焦点在两个区域的边界上时",
    edge_by: "移动边界；按住 Shift 移得更远",
    edge_to: "移到尽头",
    edge_back: "收起、展开规约；其他边界回到原位，双击也可以",

    everywhere: "任何地方",
    undo: "撤销任何改动：输入的文本、故障、示例",
    redo: "重做",
    share: "分享",
    paste: "在文本框之外：打开剪贴板里的内容",
};
