"""Words of the console's area ``staff``."""

ZH: dict[str, str] = {
    "staff.room": "人员",
    "staff.title": "人员",
    "staff.lead": (
        "谁在这里工作，可以做什么。人员从不删除，因为决定上写着他们的编号；离开的人予以停用。"
    ),
    "staff.add": "添加人员",
    "staff.add_title": "添加人员",
    "staff.add_lead": "添加后会显示一个一次性的登录链接，请亲手交给本人。",
    "staff.name": "名称",
    "staff.name_hint": "登录用的名称，最多 64 个字符。用工作代号即可，不需要真实姓名。",
    "staff.role": "角色",
    "staff.role_hint": "权限随角色而定，见人员页的表。",
    "staff.submit": "添加并取得链接",
    "staff.wrong": "没有添加",
    "staff.not_changed": "没有更改",
    "staff.state": "状态",
    "staff.active": "可登录",
    "staff.no_passphrase": "尚未设口令",
    "staff.disabled": "已停用",
    "staff.disabled_since": "自 {stamp}",
    "staff.since": "添加于",
    "staff.sessions": "打开的登录",
    "staff.you": "您",
    "staff.caption": "共 {n} 人，其中 {off} 人已停用。",
    "staff.back": "全部人员",
    "staff.id": "编号",
    "staff.passphrase": "口令",
    "staff.passphrase_set": "已设",
    "staff.passphrase_none": "未设，用链接登录",
    "staff.change_role": "更改角色",
    "staff.change_role_text": "立即生效，登录不中断。更改会记入存证，只写编号和角色。",
    "staff.change_role_do": "更改角色",
    "staff.enable": "重新启用",
    "staff.enable_text": "给一个角色，此人即可再次登录。",
    "staff.enable_do": "启用",
    "staff.new_link": "登录链接",
    "staff.new_link_text": (
        "忘了口令，或第一次登录：给一个只能用一次的链接，24 小时内有效。旧链接随即失效。"
    ),
    "staff.new_link_do": "生成新链接",
    "staff.disable": "停用",
    "staff.disable_text": "此人立即退出，不能再登录；以前的决定保留其编号。",
    "staff.disable_do": "停用此人",
    "staff.link_title": "{name} 的登录链接",
    "staff.link_lead": (
        "只显示这一次，只能用一次，{stamp} 之前有效。请亲手交给本人，不要经公开的渠道发送。"
    ),
    "staff.link_again": "没来得及复制？在人员页面生成新的链接，这一个随即失效。",
    "staff.done_role": "角色已更改。",
    "staff.done_disable": "已停用，登录已全部结束。",
    "staff.matrix": "角色与权限",
    "staff.matrix_caption": "● 可以 ○ 不可以。由程序中的同一张表生成，每次请求都按它检查。",
    "staff.action": "操作",
    "staff.may": "可以",
    "staff.may_not": "不可以",
}
EN: dict[str, str] = {
    "staff.room": "Staff",
    "staff.title": "Staff",
    "staff.lead": (
        "Who works here, and what each may do. Nobody is ever deleted, since decisions name them "
        "by id; who leaves is disabled."
    ),
    "staff.add": "Add a member",
    "staff.add_title": "Add a member of staff",
    "staff.add_lead": "A one-time sign-in link is shown next; hand it to the person yourself.",
    "staff.name": "Name",
    "staff.name_hint": (
        "The name to sign in by, at most 64 characters. A working name will do; no real name is "
        "needed."
    ),
    "staff.role": "Role",
    "staff.role_hint": "It decides what they may do; the table on the staff page says what.",
    "staff.submit": "Add and get the link",
    "staff.wrong": "Nobody was added",
    "staff.not_changed": "Nothing was changed",
    "staff.state": "State",
    "staff.active": "may sign in",
    "staff.no_passphrase": "no passphrase yet",
    "staff.disabled": "disabled",
    "staff.disabled_since": "since {stamp}",
    "staff.since": "Added",
    "staff.sessions": "Open sign-ins",
    "staff.you": "you",
    "staff.caption": "{n} members, {off} of them disabled.",
    "staff.back": "All staff",
    "staff.id": "Id",
    "staff.passphrase": "Passphrase",
    "staff.passphrase_set": "set",
    "staff.passphrase_none": "none, signs in by link",
    "staff.change_role": "Change the role",
    "staff.change_role_text": (
        "At once, and the sign-in goes on. The change is put on record by id and role alone."
    ),
    "staff.change_role_do": "Change the role",
    "staff.enable": "Enable again",
    "staff.enable_text": "With a role this person may sign in again.",
    "staff.enable_do": "Enable",
    "staff.new_link": "Sign-in link",
    "staff.new_link_text": (
        "For a first sign-in or a forgotten passphrase: a link that works once within 24 hours. "
        "An earlier link works no more."
    ),
    "staff.new_link_do": "Make a new link",
    "staff.disable": "Disable",
    "staff.disable_text": (
        "They are signed out at once and can't sign in; their decisions keep their id."
    ),
    "staff.disable_do": "Disable this member",
    "staff.link_title": "Sign-in link for {name}",
    "staff.link_lead": (
        "Shown this once, works once, until {stamp}. Hand it to the person yourself and not over "
        "an open channel."
    ),
    "staff.link_again": (
        "Could not copy it? Make a new link on the member's page; this one then works no more."
    ),
    "staff.done_role": "The role is changed.",
    "staff.done_disable": "Disabled; every sign-in of theirs has ended.",
    "staff.matrix": "Roles and what they may do",
    "staff.matrix_caption": (
        "● may, ○ may not. Drawn from the one table in the program that every request is held "
        "against."
    ),
    "staff.action": "Action",
    "staff.may": "may",
    "staff.may_not": "may not",
}
