"""Words of the console's area ``word_packs``."""

ZH: dict[str, str] = {
    "word_packs.room": "词表",
    "word_packs.title": "词表",
    "word_packs.lead": "在用的词表：谁写的，哪一版，有多少词，属于哪些类别。",
    "word_packs.bring": "带来新词表",
    "word_packs.none": "没有在用的词表",
    "word_packs.none_text": (
        "没有词表，就没有文字会因词语而停止。在下面上传一个词表，先看变化，再启用。"
    ),
    "word_packs.name": "名称",
    "word_packs.version": "版本",
    "word_packs.author": "作者",
    "word_packs.words": "词数",
    "word_packs.categories": "类别",
    "word_packs.categories_more": "另有 {n} 类",
    "word_packs.category": "类别",
    "word_packs.source": "来源",
    "word_packs.source_shipped": "随软件附带",
    "word_packs.source_file": "来自配置中的文件",
    "word_packs.source_added": "后来加入",
    "word_packs.by_command": "由命令加入",
    "word_packs.waiting": "您上传的词表等待启用",
    "word_packs.waiting_text": "{file}，{at}上传。它还没有生效。",
    "word_packs.look": "看有什么变化",
    "word_packs.wrong": "{file} 没有被接受，什么都没有改变",
    "word_packs.wrong_none": "什么都没有改变",
    "word_packs.file": "文件",
    "word_packs.file_hint": "TOML 或 CSV，UTF-8，不超过 {bytes} MB、{words} 词。",
    "word_packs.preview": "先看变化",
    "word_packs.preview_text": "上传后先显示与在用版本的差别，由您决定是否启用。",
    "word_packs.format": "文件怎么写？",
    "word_packs.format_text": (
        "开头写明名称、作者和版本，然后每行一个词。"
        "action 是 stop（停止）或 review（只提示审核员）。比对时不分全半角、大小写和繁简。"
    ),
    "word_packs.example": "稳赚不赔的内部消息",
    "word_packs.earlier": "以前的版本",
    "word_packs.earlier_most": "只列出最近停用的 {n} 个。",
    "word_packs.in_force_from": "启用",
    "word_packs.until": "停用",
    "word_packs.live": "在用",
    "word_packs.gone": "不在用",
    "word_packs.done_put": "已启用并记入账本；一秒内所有网关照此筛查。",
    "word_packs.done_withdrawn": "已停用并记入账本；一秒内所有网关不再用它筛查。",
    "word_packs.done_dropped": "已放弃，什么都没有改变。",
    "word_packs.withdraw": "停用",
    "word_packs.restore": "重新启用",
    "word_packs.digest": "文件摘要",
    "word_packs.stop": "停止",
    "word_packs.review": "提示审核",
    "word_packs.words_of": "全部词语（{n}）",
    "word_packs.words_text": "只有工作人员看得到。公众页面只列名称、作者和词数。",
    "word_packs.number": "序",
    "word_packs.word": "词语",
    "word_packs.action": "处理",
    "word_packs.past_end": "没有这一页，共 {n} 页。",
    "word_packs.pages": "翻页",
    "word_packs.previous": "上一页",
    "word_packs.next": "下一页",
    "word_packs.page": "第 {n} / {of} 页",
    "word_packs.change_title": "启用 {name} {version}？",
    "word_packs.change_over": "它将替换在用的版本 {version}（{author}）。以下是词数的变化。",
    "word_packs.change_new": "没有同名的词表在用，所有词都是新增。",
    "word_packs.change_same": "这一版已经在用，启用不会改变什么。",
    "word_packs.moved": "情况已变，没有启用",
    "word_packs.moved_text": "您查看期间，在用的版本或您上传的文件换了。请看过下面的变化后再决定。",
    "word_packs.total": "合计",
    "word_packs.added": "新增",
    "word_packs.removed": "删去",
    "word_packs.changed": "改动",
    "word_packs.changed_text": "“改动”是词语不变而类别或处理变了；按规范化后的词语比较。",
    "word_packs.same": "不变",
    "word_packs.effect": (
        "启用后一秒内，所有网关对新请求照此筛查；正在进行的回答仍按原来的词表结束。"
        "启用会记入账本；以前的版本保留，随时可以换回。"
    ),
    "word_packs.put": "启用",
    "word_packs.drop": "放弃",
    "word_packs.leave": "不改变",
    "word_packs.withdraw_title": "停用 {name} {version}？",
    "word_packs.withdraw_lead": "一秒内，这 {n} 个词不再停止或提示任何文字。",
    "word_packs.withdraw_text": (
        "已作出的决定不受影响，仍写明当时的词表和版本。停用会记入账本；这一版保留，随时可以重新启用。"
    ),
    "word_packs.withdraw_now": "停用这个词表",
}
EN: dict[str, str] = {
    "word_packs.room": "Word packs",
    "word_packs.title": "Word packs",
    "word_packs.lead": "The packs in force: whose, which version, how many words of what.",
    "word_packs.bring": "Bring a pack",
    "word_packs.none": "No pack is in force",
    "word_packs.none_text": (
        "Without one, no text is stopped for its words. Upload a pack below, look at what changes, "
        "then put it in force."
    ),
    "word_packs.name": "Name",
    "word_packs.version": "Version",
    "word_packs.author": "Author",
    "word_packs.words": "Words",
    "word_packs.categories": "Categories",
    "word_packs.categories_more": "and {n} more",
    "word_packs.category": "Category",
    "word_packs.source": "Source",
    "word_packs.source_shipped": "Comes with the software",
    "word_packs.source_file": "A file of the settings",
    "word_packs.source_added": "Added",
    "word_packs.by_command": "by command",
    "word_packs.waiting": "Your pack waits to be put in force",
    "word_packs.waiting_text": "{file}, uploaded {at}. It has no effect yet.",
    "word_packs.look": "Look at what changes",
    "word_packs.wrong": "{file} was not taken; nothing changed",
    "word_packs.wrong_none": "Nothing changed",
    "word_packs.file": "File",
    "word_packs.file_hint": "TOML or CSV in UTF-8, at most {bytes} MB and {words} words.",
    "word_packs.preview": "Show what changes",
    "word_packs.preview_text": (
        "You first see how it differs from the version in force, and then decide."
    ),
    "word_packs.format": "How is such a file written?",
    "word_packs.format_text": (
        "Name, author and version at the top, then a word a line. The action is stop, or review, "
        "which only tells a reviewer. Width, case, and traditional or simplified make no "
        "difference in matching."
    ),
    "word_packs.example": "guaranteed insider profit",
    "word_packs.earlier": "Earlier versions",
    "word_packs.earlier_most": "Only the {n} last withdrawn are listed.",
    "word_packs.in_force_from": "In force from",
    "word_packs.until": "Until",
    "word_packs.live": "in force",
    "word_packs.gone": "not in force",
    "word_packs.done_put": (
        "It was put in force and is in the ledger; every gateway screens by it within a second."
    ),
    "word_packs.done_withdrawn": (
        "It was withdrawn, which is in the ledger; within a second no gateway screens by it."
    ),
    "word_packs.done_dropped": "Discarded; nothing changed.",
    "word_packs.withdraw": "Withdraw",
    "word_packs.restore": "Put in force again",
    "word_packs.digest": "Digest of the file",
    "word_packs.stop": "stop",
    "word_packs.review": "tell a reviewer",
    "word_packs.words_of": "All words ({n})",
    "word_packs.words_text": (
        "Seen by staff alone. The public's page lists name, author and number of words."
    ),
    "word_packs.number": "No.",
    "word_packs.word": "Word",
    "word_packs.action": "Action",
    "word_packs.past_end": "There is no such page; the last is {n}.",
    "word_packs.pages": "Pages",
    "word_packs.previous": "Previous page",
    "word_packs.next": "Next page",
    "word_packs.page": "Page {n} of {of}",
    "word_packs.change_title": "Put {name} {version} in force?",
    "word_packs.change_over": (
        "It replaces the version in force, {version} by {author}. This is how many words change."
    ),
    "word_packs.change_new": "No pack of this name is in force, so every word is new.",
    "word_packs.change_same": "This very version is in force already; nothing would change.",
    "word_packs.moved": "Things have moved; nothing was put in force",
    "word_packs.moved_text": (
        "While you looked, the version in force or the file you uploaded became another one. Look "
        "at the changes below and decide again."
    ),
    "word_packs.total": "In all",
    "word_packs.added": "Added",
    "word_packs.removed": "Removed",
    "word_packs.changed": "Changed",
    "word_packs.changed_text": (
        "“Changed” is the same word under another category or action; words are compared in "
        "normal form."
    ),
    "word_packs.same": "Unchanged",
    "word_packs.effect": (
        "Within a second every gateway screens new requests by it; answers in progress end under "
        "the packs they began with. This is written in the ledger. Earlier versions are kept and "
        "can be put in force again."
    ),
    "word_packs.put": "Put in force",
    "word_packs.drop": "Discard",
    "word_packs.leave": "Change nothing",
    "word_packs.withdraw_title": "Withdraw {name} {version}?",
    "word_packs.withdraw_lead": (
        "Within a second these {n} words stop no text and tell no reviewer any more."
    ),
    "word_packs.withdraw_text": (
        "Decisions made stay as they are and name the pack and version they rest on. This is "
        "written in the ledger. The version is kept and can be put in force again."
    ),
    "word_packs.withdraw_now": "Withdraw this pack",
}
