//! Chinese words of what stands outside of the program.

use crate::texts::outside::OutsideWords;

pub(in crate::texts) static OUTSIDE: OutsideWords = OutsideWords {
    own_name: "中文",
    starting: "现在就可以逐步查看。引擎正在加载：加载完成后可以修改文本、注入故障，并查看完整的因果链。",
    opens_own: "正在打开你的文本：引擎正在加载。",
    opens_link: "正在打开此链接中的文本：引擎正在加载。",
    text: "文本",
    all_examples: "可以逐步查看的 Kubernetes Job 示例",
    try_it: "修改文本、注入故障，再问为什么：一切都在浏览器中运行，内容不会离开浏览器。",
};
