"""``/check``: what a file says about itself."""

ZH: dict[str, str] = {
    "check.title": "这个文件是 AI 生成的吗？",
    "check.lead": "选一个文件，看看它自己怎么说：有没有 AI 生成标识，谁写的，写得对不对。",
    "check.file": "文件",
    "check.hint": (
        "图片、音频、视频、文档、网页、文本，最大 {most} MB。更大的文件请用命令 hegui read。"
    ),
    "check.drop": "也可以把文件拖到这里",
    "check.submit": "读取标识",
    "check.kept": "文件只在内存里读一遍，读完即弃：不保存，不记录，不外传。",
    "check.failed": "没有读取",
    "check.none_chosen": "没有收到文件，或文件是空的。请选一个文件再试。",
    "check.too_large": "文件超过 {most} MB，没有读取。请用命令 hegui read，它不限大小。",
    "check.again": "再查一个文件",
    "check.result": "检查结果",
    "check.conforming": "有 AI 生成标识，写法符合标准",
    "check.nonconforming": "有 AI 生成标识，但写法不符合标准",
    "check.unlabelled": "没有找到 AI 生成标识",
    "check.suspected": "没有标识，但有 AI 生成的痕迹",
    "check.unreadable": "读不了这个文件",
    "check.says_1": "它说自己是 AI 生成或合成的。",
    "check.says_2": "它说自己可能是 AI 生成或合成的。",
    "check.says_3": "它说自己疑似 AI 生成或合成的。",
    "check.says_other": "它有标识，但没有说清楚是不是 AI 生成。",
    "check.unlabelled_text": (
        "没有标识不等于不是 AI 生成：标识可能在转发、截图、压缩时丢了，也可能从来没有写过。"
    ),
    "check.label": "标识里写了什么",
    "check.producer": "生成服务提供者",
    "check.produce_id": "内容编号",
    "check.propagator": "传播服务提供者",
    "check.propagate_id": "传播编号",
    "check.carrier": "写在文件的",
    "check.empty": "（空）",
    "check.traces": "其他痕迹",
    "check.findings": "哪里需要注意",
    "check.fine": "没有需要注意的地方。",
    "check.severity_error": "错误",
    "check.severity_warning": "提醒",
    "check.severity_info": "说明",
    "check.format": "文件格式",
    "check.size": "大小",
    "check.bytes": "{n} 字节",
    "check.digest": "SHA-256",
    "check.known_file": "这个文件由本服务于 {when} 交付，一个字节不差。",
    "check.known_conversation": (
        "这个文件由本服务于 {when} 应读者的请求从对话页做成并交付，一个字节不差。"
        "其中的文字是读者的页面提交的，本服务没有核对它们是否由自己生成。"
    ),
    "check.known_label": "标识是本服务于 {when} 写的。文件的其他部分之后可能改过。",
    "check.known_altered": "本服务给过这个编号，但标识与当时写的不同：有人改过它。",
    "check.known_unknown": "标识自称来自本服务，但公开记录里没有这个编号：它可能是伪造的。",
    "check.proof": "下载证明",
    "check.proof_text": "证明文件可以离线核验，不必相信我们：",
    "check.proof_later": "证明稍后可以下载：记录每秒定序一次，请过一会儿再查。",
    "check.not_ours": "标识里的提供者不是本服务，真伪请向该提供者核实。",
    "frame.check": "查验文件",
}

EN: dict[str, str] = {
    "check.title": "Is this file made by AI?",
    "check.lead": (
        "Choose a file and see what it says about itself: whether it carries an AI-content label, "
        "who wrote it, and whether it is written as it should be."
    ),
    "check.file": "File",
    "check.hint": (
        "Pictures, sound, video, documents, web pages, text; at most {most} MB. "
        "For larger ones there is the command hegui read."
    ),
    "check.drop": "or drop it here",
    "check.submit": "Read the label",
    "check.kept": (
        "The file is read once in memory and then gone: not kept, not logged, not passed on."
    ),
    "check.failed": "Nothing was read",
    "check.none_chosen": "No file came, or it is empty. Choose one and try again.",
    "check.too_large": (
        "The file is over {most} MB and was not read. The command hegui read takes any size."
    ),
    "check.again": "Check another file",
    "check.result": "What it says",
    "check.conforming": "It carries an AI-content label, written as the standard has it",
    "check.nonconforming": "It carries an AI-content label, but not as the standard has it",
    "check.unlabelled": "No AI-content label was found",
    "check.suspected": "No label, but there are traces of generation by AI",
    "check.unreadable": "This file can't be read",
    "check.says_1": "It says that it is generated or synthesised by AI.",
    "check.says_2": "It says that it may be generated or synthesised by AI.",
    "check.says_3": "It says that it is suspected to be generated or synthesised by AI.",
    "check.says_other": "It has a label, which does not say clearly whether it is generated.",
    "check.unlabelled_text": (
        "No label does not mean no AI: labels get lost when files are passed on, "
        "photographed or compressed, and some were never written."
    ),
    "check.label": "What the label says",
    "check.producer": "Provider of the generation service",
    "check.produce_id": "Number of the content",
    "check.propagator": "Provider of the propagation service",
    "check.propagate_id": "Number there",
    "check.carrier": "Where it stands",
    "check.empty": "(empty)",
    "check.traces": "Other traces",
    "check.findings": "What to note",
    "check.fine": "Nothing to note.",
    "check.severity_error": "Error",
    "check.severity_warning": "Warning",
    "check.severity_info": "Note",
    "check.format": "Format",
    "check.size": "Size",
    "check.bytes": "{n} bytes",
    "check.digest": "SHA-256",
    "check.known_file": "This is the very file that this service delivered, {when}.",
    "check.known_conversation": (
        "This is the very file that this service made from a conversation page at its reader's "
        "request, {when}. The words in it are as the reader's page sent them; the service did not "
        "check that it had generated them."
    ),
    "check.known_label": (
        "This service wrote the label, {when}. The rest of the file may have changed since."
    ),
    "check.known_altered": (
        "This service gave the number, but the label is not the one it wrote: somebody changed it."
    ),
    "check.known_unknown": (
        "The label claims to be of this service, but the public record has no such number: "
        "it may be forged."
    ),
    "check.proof": "Download the proof",
    "check.proof_text": "The proof verifies offline, without trusting us:",
    "check.proof_later": (
        "The proof comes in a moment: the record takes entries in once a second. Check again soon."
    ),
    "check.not_ours": (
        "The label names another provider; ask that provider whether it is genuine."
    ),
    "frame.check": "Check a file",
}
