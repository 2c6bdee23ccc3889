"""Words of the console's area ``applications``."""

ZH: dict[str, str] = {
    "applications.room": "应用",
    "applications.title": "应用",
    "applications.lead": "每个应用写明由谁运营、面向哪些人、标识放在何处，并用自己的密钥接入。",
    "applications.register": "登记应用",
    "applications.none": "还没有应用",
    "applications.none_text": "登记第一个应用，再为它新建密钥，就可以接入。",
    "applications.name": "名称",
    "applications.operator": "运营者",
    "applications.public": "面向的公众",
    "applications.label": "文字标识",
    "applications.keys": "密钥",
    "applications.keys_none": "没有可用的",
    "applications.keys_good": "{n} 个可用",
    "applications.keys_soon": "{n} 个可用，最早 {at} 到期",
    "applications.at_start": "回答开头",
    "applications.at_end": "回答结尾",
    "applications.at_both": "开头和结尾",
    "applications.at_interface": "由界面展示",
    "applications.pages": "翻页",
    "applications.first": "回到第一页",
    "applications.next": "下一页",
    "applications.chat": "这是本服务自己的聊天页。",
    "applications.make_key": "新建密钥",
    "applications.change": "变更登记",
    "applications.done_registered": "已登记，并记入账本。",
    "applications.done_changed": "已保存；有变更的已记入账本，一秒内对新请求生效。",
    "applications.done_revoked": "密钥已撤销，一秒内各网关都会拒绝它。",
    "applications.registered": "登记时间",
    "applications.id": "应用编号",
    "applications.hint": "密钥开头",
    "applications.state": "状态",
    "applications.made": "新建",
    "applications.last": "最后有效日",
    "applications.never": "不到期",
    "applications.proof": "证据",
    "applications.entries": "账本条目",
    "applications.revoke": "撤销",
    "applications.key_good": "可用",
    "applications.key_soon": "即将到期",
    "applications.key_expired": "已到期",
    "applications.key_revoked": "已撤销",
    "applications.keys_most": "只列出 {n} 个，未撤销的在先；全部见 hegui keys list。",
    "applications.no_keys": "还没有密钥",
    "applications.no_keys_text": "没有密钥，应用就无法接入。新建的密钥只显示一次。",
    "applications.change_title": "变更 {name} 的登记",
    "applications.form_lead": "所填内容会公开给使用者，并以摘要记入账本。",
    "applications.not_saved": "没有保存",
    "applications.wrong_name": "名称须为 1 至 64 个可见字符，前后没有空格。",
    "applications.wrong_taken": "这个名称已有应用在用。请换一个名称，或去变更那个应用的登记。",
    "applications.to_taken": "打开 {name}",
    "applications.wrong_operator": "请写明运营者，用可见字符。",
    "applications.wrong_public": "请写明面向哪些人，用可见字符。",
    "applications.wrong_label_at": "请从列出的位置中选一个。",
    "applications.wrong_interface": "选择“由界面展示”时，请说明界面如何展示标识，用可见字符。",
    "applications.name_hint": "1 至 64 个可见字符，登记后不再改变。",
    "applications.operator_hint": "运营这个应用的组织，例如“示例科技有限公司”。",
    "applications.public_hint": "例如“本市居民”或“本公司员工”。",
    "applications.label_hint": "“{label}”放在每个回答的何处。由界面展示时，回答里不再加字。",
    "applications.interface": "界面如何展示标识",
    "applications.interface_hint": (
        "仅在选择“由界面展示”时需要，例如“每个回答上方有‘AI 生成’字样”。"
    ),
    "applications.save": "保存",
    "applications.key_title": "为 {name} 新建密钥",
    "applications.key_lead": ("密钥是 256 位随机数，只在新建时显示一次；数据库里只存它的哈希。"),
    "applications.not_made": "没有新建密钥",
    "applications.wrong_last": "日期须在 {first} 至 {last} 之间；留空则不到期。",
    "applications.last_hint": "密钥有效到这一天结束（北京时间）。留空则不到期；一年是稳妥的选择。",
    "applications.made_title": "{name} 的新密钥",
    "applications.once": "请立即保存：离开本页后不再显示",
    "applications.once_text": "放进应用的密钥管理，不要写进代码或邮件。遗失时撤销它，再建一个。",
    "applications.key_id": "密钥编号",
    "applications.use": "如何使用",
    "applications.use_text": "与 OpenAI 接口相同，在 Authorization 头中带上密钥：",
    "applications.kept": "已保存，返回",
    "applications.revoke_title": "撤销密钥 {hint}…",
    "applications.revoke_lead": (
        "{name} 用这个密钥发出的请求，一秒内都会被拒绝。撤销不能撤回；正在进行的回答会写完。"
    ),
    "applications.chat_key": "这是聊天页自己的密钥",
    "applications.chat_key_text": "撤销后，公众的聊天页会停止工作，重新启动也不会恢复。",
    "applications.revoke_now": "撤销这个密钥",
    "applications.keep_key": "不撤销",
}
EN: dict[str, str] = {
    "applications.room": "Applications",
    "applications.title": "Applications",
    "applications.lead": (
        "Each application states who runs it, for which public, and where the label stands, and "
        "comes in by keys of its own."
    ),
    "applications.register": "Register an application",
    "applications.none": "No application yet",
    "applications.none_text": "Register the first one and make a key for it; then it can come in.",
    "applications.name": "Name",
    "applications.operator": "Run by",
    "applications.public": "For whom",
    "applications.label": "Text label",
    "applications.keys": "Keys",
    "applications.keys_none": "none in force",
    "applications.keys_good": "{n} in force",
    "applications.keys_soon": "{n} in force, the first until {at}",
    "applications.at_start": "Start of the answer",
    "applications.at_end": "End of the answer",
    "applications.at_both": "Start and end",
    "applications.at_interface": "Shown by the interface",
    "applications.pages": "Pages",
    "applications.first": "Back to the first page",
    "applications.next": "Next page",
    "applications.chat": "This is the service's own chat page.",
    "applications.make_key": "Make a key",
    "applications.change": "Change the declaration",
    "applications.done_registered": "Registered, and written in the ledger.",
    "applications.done_changed": (
        "Saved; what changed is in the ledger, and new requests follow it within a second."
    ),
    "applications.done_revoked": "The key is revoked; every gateway refuses it within a second.",
    "applications.registered": "Registered",
    "applications.id": "Application id",
    "applications.hint": "Begins with",
    "applications.state": "State",
    "applications.made": "Made",
    "applications.last": "Last day",
    "applications.never": "no end",
    "applications.proof": "Evidence",
    "applications.entries": "entries",
    "applications.revoke": "Revoke",
    "applications.key_good": "in force",
    "applications.key_soon": "runs out soon",
    "applications.key_expired": "run out",
    "applications.key_revoked": "revoked",
    "applications.keys_most": (
        "Only {n} are listed, those not revoked first; hegui keys list shows all."
    ),
    "applications.no_keys": "No key yet",
    "applications.no_keys_text": (
        "Without a key the application can't come in. A new key is shown once."
    ),
    "applications.change_title": "Change what {name} declares",
    "applications.form_lead": (
        "What you declare is shown to the people who use it, and its digest goes in the ledger."
    ),
    "applications.not_saved": "Nothing was saved",
    "applications.wrong_name": (
        "The name has to be 1 to 64 printable characters without spaces around it."
    ),
    "applications.wrong_taken": (
        "An application of that name exists. Choose another name, or change what that one declares."
    ),
    "applications.to_taken": "Open {name}",
    "applications.wrong_operator": "Say who runs it, in printable characters.",
    "applications.wrong_public": "Say for whom it is, in printable characters.",
    "applications.wrong_label_at": "Choose one of the places listed.",
    "applications.wrong_interface": (
        "With “shown by the interface”, say how the interface shows the label, in printable "
        "characters."
    ),
    "applications.name_hint": "1 to 64 printable characters; it stays once registered.",
    "applications.operator_hint": "The organisation that runs it, such as “Example Ltd”.",
    "applications.public_hint": "Such as “residents of this city” or “our own staff”.",
    "applications.label_hint": (
        "Where “{label}” stands in each answer. Shown by the interface, it adds nothing to the "
        "answer."
    ),
    "applications.interface": "How the interface shows the label",
    "applications.interface_hint": (
        "Needed with “shown by the interface” alone, such as “‘AI-generated’ stands above each "
        "answer”."
    ),
    "applications.save": "Save",
    "applications.key_title": "Make a key for {name}",
    "applications.key_lead": (
        "A key is 256 random bits, shown once when it is made; the database keeps its hash alone."
    ),
    "applications.not_made": "No key was made",
    "applications.wrong_last": "The day has to be from {first} to {last}; left empty: no end.",
    "applications.last_hint": (
        "The key works to the end of this day, Beijing time. Left empty it has no end; a year is "
        "a safe choice."
    ),
    "applications.made_title": "A new key for {name}",
    "applications.once": "Keep it now: it is not shown again",
    "applications.once_text": (
        "Put it in the application's secret store, not in code or mail. If it is lost, revoke it "
        "and make another."
    ),
    "applications.key_id": "Key id",
    "applications.use": "How to use it",
    "applications.use_text": "As with OpenAI's API, in the Authorization header:",
    "applications.kept": "I have kept it",
    "applications.revoke_title": "Revoke the key {hint}…",
    "applications.revoke_lead": (
        "Requests of {name} with this key are refused within a second. This can't be taken back; "
        "answers in progress are finished."
    ),
    "applications.chat_key": "This is the chat page's own key",
    "applications.chat_key_text": (
        "Without it the public's chat page stops working, and a restart does not bring it back."
    ),
    "applications.revoke_now": "Revoke this key",
    "applications.keep_key": "Keep it",
}
