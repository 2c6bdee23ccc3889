"""Appeals: the form, the receipt, how a case stands, the answer."""

ZH: dict[str, str] = {
    # The way of an appeal
    "appeal.way": "申诉的进度",
    "appeal.way_1": "写理由",
    "appeal.way_2": "留回执",
    "appeal.way_3": "读答复",
    # The form
    "appeal.title": "为什么您认为停错了？",
    "appeal.about_input": "申诉的事：{when}，您写的文字因“{category}”被停止。",
    "appeal.about_output": "申诉的事：{when}，模型写的文字因“{category}”被停止。",
    "appeal.about_link": "看停止的理由",
    "appeal.statement": "您的理由（可以不写）",
    "appeal.hint": (
        "最多 {most} 个字。写明当时想做什么、为什么没有问题，会有帮助。请不要写姓名、"
        "电话等个人信息。"
    ),
    "appeal.count": "已写 {n} / {most} 字",
    "appeal.over": "超出 {n} 字，请缩短",
    "appeal.submit": "提交申诉",
    "appeal.submit_why": "提交后您会得到编号、查询码和回执。最迟 {span}内有人答复。",
    "appeal.back": "不申诉，返回",
    "appeal.who": "谁来看",
    "appeal.who_text": (
        "由一位没有写这份词表的工作人员决定。这人会读您的理由，也可能打开当时的原文；打开须写明"
        "原因、留下记录，登录后您在这里看得到："
    ),
    "appeal.kept": "您写的文字还在下面，没有丢。",
    "appeal.failed": "还没有提交",
    "appeal.later": "现在无法保存。请过一会儿再点“提交申诉”。",
    # Somebody appealed already
    "appeal.have": "这次停止已经有一件申诉",
    "appeal.have_text": ("编号 {number}，{when} 收到。用回执上的编号和查询码，可以看进展和答复。"),
    "appeal.have_read": "查看这件申诉",
    "appeal.have_lost": "不是您提交的，或查询码丢了？请联系提供者：{contact}",
    # Beginning from a decision's number
    "start.title": "要申诉哪一次停止？",
    "start.lead": "每次停止都有一个决定编号，写在停止的说明里。",
    "start.number": "决定编号",
    "start.hint": "32 个字符，由数字和字母 a 到 f 组成。",
    "start.submit": "查看理由并申诉",
    "start.unknown": "没有找到这个决定编号",
    "start.unknown_todo": "请核对后再试；编号已保留在下面。",
    "start.without": "不知道编号，或要说的是别的事？",
    "start.without_text": "请写明时间和经过，联系提供者。会有人阅读并答复。",
    # Looking up
    "cases.title": "投诉与申诉",
    "cases.lead": "用回执上的编号和查询码，看事情办到哪一步、答复是什么。不用登录。",
    "cases.number": "编号",
    "cases.number_hint": "例如 A-2026-0001",
    "cases.secret": "查询码",
    "cases.secret_hint": "回执上的一串字母和数字；大小写、空格和短横不影响。",
    "cases.submit": "查看",
    "cases.failed": "没有找到",
    "cases.unknown": "没有与这个编号和查询码都相符的事项。请对照回执再核对一次。",
    "cases.too_many": "这个编号试错次数过多。事项没有受影响，请约 15 分钟后再试。",
    "cases.empty_number": "请填写编号。",
    "cases.empty_secret": "请填写查询码。",
    "cases.expired": "请输入回执上的查询码。为了安全，一次只打开一小时。",
    "cases.begin": "还没有申诉？",
    "cases.begin_text": "您写的话或模型的回答被停止时，可以请人复核。",
    "cases.begin_link": "用决定编号申诉",
    "cases.other": "别的投诉",
    "cases.other_text": (
        "对回答或服务本身有意见，请写明时间和经过，联系提供者。会有人阅读并答复。"
    ),
    # A case: how it stands
    "case.appeal": "申诉",
    "case.page": "申诉 {number}",
    "case.received": "已收到，等人复核",
    "case.assigned": "正在由人复核",
    "case.upheld": "申诉成立：停错了",
    "case.rejected": "维持原来的停止",
    "case.withdrawn": "您已撤回申诉",
    "case.received_text": "最迟 {due} 答复（{left}）。",
    "case.late_text": "本应在 {due} 答复，已经过期。工作人员已收到提醒；您也可以直接联系提供者。",
    "case.decided_text": "{when} 由人决定，在期限之内。",
    "case.decided_late_text": "{when} 由人决定，晚于 {due} 的期限。",
    "case.withdrawn_text": "{when} 撤回。原来的停止照旧，不再复核。",
    "case.left_days": "还有 {n} 天",
    "case.left_today": "就在今天",
    "case.filed": "申诉已提交。请留好下面两项：没有它们，就看不到答复。",
    # A case: the receipt
    "receipt.title": "回执",
    "receipt.number": "编号",
    "receipt.secret": "查询码",
    "receipt.secret_why": "只给您看，我们只存它的摘要，丢了无法找回。",
    "receipt.received": "收到时间",
    "receipt.due": "最迟答复",
    "receipt.provisional": "暂定：{year} 年的放假安排还没有公布，公布后会重新计算。",
    "receipt.rule": "依据",
    "receipt.rule_text": "《{title}》{clause}：自收到起 {span}。",
    "receipt.rule_own": "本服务自己的规定（{rule}）：自收到起 {span}。",
    "receipt.about": "申诉的事",
    "receipt.about_input": "{when}，您写的文字因“{category}”被停止。",
    "receipt.about_output": "{when}，模型写的文字因“{category}”被停止。",
    "receipt.about_link": "看停止的理由",
    "receipt.where": "在哪里看答复",
    "receipt.print": "可以打印这一页，或把两项抄下来、存进密码管理器。",
    "receipt.download": "下载存证证明",
    "receipt.verify": "怎样用它核验",
    "receipt.verify_text": (
        "这个文件证明您的申诉在何时以什么期限进入了公开存证，之后谁也不能悄悄改掉。文件里没有您写的"
        "文字和查询码。不联网也能核验："
    ),
    "receipt.command": "hegui ledger verify --proof {number}.tlog-proof --vkey '{vkey}'",
    "receipt.verify_keep": "核验用的公钥，请与文件一起保存。",
    "receipt.moment": "证明还没有准备好",
    "receipt.moment_text": (
        "您的申诉已经保存；存证正在排定次序，通常只要一两秒。请过一会儿再下载。"
    ),
    "receipt.again": "再下载一次",
    "receipt.back": "回到申诉",
    # A case: steps and clock
    "case.way": "办到哪一步",
    "case.step_received": "收到",
    "case.step_assigned": "有人复核",
    "case.step_decided": "答复",
    "case.step_withdrawn": "撤回",
    "case.clock": "期限",
    "case.clock_told": "{received} 收到，最迟 {due} 答复；{here}。",
    "case.clock_received": "收到 {day}",
    "case.clock_today": "今天 {day}",
    "case.clock_stopped": "答复 {day}",
    "case.clock_withdrawn": "撤回 {day}",
    "case.clock_due": "期限 {day}",
    "case.clock_how": "期限是怎样算的",
    "case.clock_rule": (
        "从收到的第二天起算，只数工作日，数到最后一天结束（北京时间）。"
        "放假和调休按国务院公布的安排。"
    ),
    "case.clock_day": "日期",
    "case.clock_kind": "是什么日子",
    "case.clock_count": "第几个工作日",
    "case.day_working": "工作日",
    "case.day_make_up": "调休上班",
    "case.day_weekend": "周末，不计",
    "case.day_holiday": "放假，不计",
    # A case: what was written, and the answer
    "case.wrote": "您写的理由",
    "case.wrote_nothing": "您没有写理由。",
    "case.wrote_gone": "您写的理由已按保存期限删除。",
    "case.wrote_read": "一位工作人员在 {when} 打开读过。",
    "answer.title": "答复",
    "answer.explanation": "为什么这样决定",
    "answer.facts": "依据的事实",
    "answer.gone": "这段文字已按保存期限删除。",
    "answer.ground": "依据",
    "answer.illegal_content": "违反法律",
    "answer.incompatible_content": "违反服务协议",
    "answer.none": "没有理由停止",
    "answer.category": "类别",
    "answer.how": "怎样发现和决定",
    "answer.found_auto": "由程序发现",
    "answer.found_person": "由人发现",
    "answer.decided_not_automated": "由人决定",
    "answer.decided_partially": "由程序协助、人决定",
    "answer.and": "，",
    "answer.scope": "决定的范围",
    "answer.territory": "在哪里有效",
    "answer.territory_cn": "中国",
    "answer.applied": "生效时间",
    "answer.ends": "终止时间",
    "answer.ends_open": "没有终止时间",
    "answer.when": "决定时间",
    "answer.redress": "还可以怎样",
    # A case: what can be done now
    "case.todo": "您现在可以做什么",
    "case.todo_wait": "什么也不用做。答复会出现在这一页，您随时可以用编号和查询码来看。",
    "case.todo_withdraw": "撤回申诉",
    "case.todo_contact": "补充说明，或觉得太久：联系提供者，写明编号 {number}。{contact}",
    "case.todo_again": (
        "不同意这个答复：联系提供者，写明编号 {number}，可以请另一个人再看。{contact}"
    ),
    "case.todo_upheld": "您可以把当时的话再发一次；若又被停，那会是新的决定，可以再申诉。",
    "case.todo_law": (
        "您也可以依法向有关主管部门投诉、举报，或向法院起诉。这不影响您继续使用本服务。"
    ),
    "case.todo_refile": "改变主意了？可以对同一次停止重新申诉",
    # Withdrawing
    "withdraw.title": "撤回申诉 {number}？",
    "withdraw.text": "撤回后不再有人复核，原来的停止照旧。改变主意时，可以对同一次停止重新申诉。",
    "withdraw.do": "撤回",
    "withdraw.keep": "不撤回，返回",
    "withdraw.late": "已经不能撤回",
    "withdraw.late_text": "这件申诉刚刚有了结果，什么都没有改变。请回去看答复。",
}

EN: dict[str, str] = {
    # The way of an appeal
    "appeal.way": "The way of an appeal",
    "appeal.way_1": "Say why",
    "appeal.way_2": "Keep the receipt",
    "appeal.way_3": "Read the answer",
    # The form
    "appeal.title": "Why do you think this stop was wrong?",
    "appeal.about_input": ("About: what you wrote was stopped under “{category}” at {when}."),
    "appeal.about_output": (
        "About: what the model wrote was stopped under “{category}” at {when}."
    ),
    "appeal.about_link": "See the reasons of the stop",
    "appeal.statement": "Your reasons (you may leave this empty)",
    "appeal.hint": (
        "At most {most} characters. What you wanted to do and why it was fine helps most. Please "
        "leave out names, phone numbers and other personal details."
    ),
    "appeal.count": "{n} of {most} characters",
    "appeal.over": "{n} characters too many; please shorten it",
    "appeal.submit": "Send the appeal",
    "appeal.submit_why": (
        "You then get a number, a secret and a receipt. A person answers within {span}."
    ),
    "appeal.back": "Back, without appealing",
    "appeal.who": "Who will look",
    "appeal.who_text": (
        "A member of staff who did not write this word list decides. They read your reasons and "
        "may open the text as it was; to open it they must say why, it is recorded, and once "
        "signed in you see it here:"
    ),
    "appeal.kept": "What you wrote is still below.",
    "appeal.failed": "Not sent yet",
    "appeal.later": "It can't be saved just now. Please press “Send the appeal” again in a while.",
    # Somebody appealed already
    "appeal.have": "There is an appeal against this stop already",
    "appeal.have_text": (
        "Number {number}, received {when}. The number and the secret of the receipt show how it "
        "stands and what the answer is."
    ),
    "appeal.have_read": "Look at that appeal",
    "appeal.have_lost": "Not yours, or the secret is lost? Write to the provider: {contact}",
    # Beginning from a decision's number
    "start.title": "Which stop is it about?",
    "start.lead": "Every stop has a decision number; it stands in the reasons of the stop.",
    "start.number": "Decision number",
    "start.hint": "32 characters: digits and the letters a to f.",
    "start.submit": "See the reasons and appeal",
    "start.unknown": "There is no decision of this number",
    "start.unknown_todo": "Please check it and try again; it is still filled in below.",
    "start.without": "No number, or about something else?",
    "start.without_text": (
        "Write to the provider with the time and what happened. A person reads it and replies."
    ),
    # Looking up
    "cases.title": "Complaints and appeals",
    "cases.lead": (
        "The number and the secret of your receipt show how far it is and what the answer says. "
        "No sign-in is needed."
    ),
    "cases.number": "Number",
    "cases.number_hint": "For example A-2026-0001",
    "cases.secret": "Secret",
    "cases.secret_hint": (
        "The letters and digits on the receipt; case, spaces and dashes do not matter."
    ),
    "cases.submit": "Look it up",
    "cases.failed": "Not found",
    "cases.unknown": "No case fits both this number and this secret. Check them on the receipt.",
    "cases.too_many": (
        "Too many wrong attempts for this number. The case is not affected; please try again in "
        "about 15 minutes."
    ),
    "cases.empty_number": "Please fill in the number.",
    "cases.empty_secret": "Please fill in the secret.",
    "cases.expired": (
        "Please enter the secret of the receipt. To keep the case safe, it opens for an hour."
    ),
    "cases.begin": "Not appealed yet?",
    "cases.begin_text": (
        "When what you wrote or what the model wrote was stopped, you can ask a person to look."
    ),
    "cases.begin_link": "Appeal by the decision number",
    "cases.other": "Any other complaint",
    "cases.other_text": (
        "About an answer or the service itself, write to the provider with the time and what "
        "happened. A person reads it and replies."
    ),
    # A case: how it stands
    "case.appeal": "Appeal",
    "case.page": "Appeal {number}",
    "case.received": "Received, waiting for a person",
    "case.assigned": "A person is looking at it",
    "case.upheld": "You were right: the stop was wrong",
    "case.rejected": "The stop stands",
    "case.withdrawn": "You withdrew the appeal",
    "case.received_text": "The answer is due by {due} ({left}).",
    "case.late_text": (
        "The answer was due by {due} and is late. The staff have been told; you may also write to "
        "the provider."
    ),
    "case.decided_text": "Decided by a person at {when}, in time.",
    "case.decided_late_text": "Decided by a person at {when}, after it was due ({due}).",
    "case.withdrawn_text": "Withdrawn at {when}. The stop stands and is not looked at again.",
    "case.left_days": "{n} days left",
    "case.left_today": "today",
    "case.filed": (
        "The appeal has been sent. Please keep these two: without them you can't read the answer."
    ),
    # A case: the receipt
    "receipt.title": "Receipt",
    "receipt.number": "Number",
    "receipt.secret": "Secret",
    "receipt.secret_why": (
        "Shown to you alone. We keep only a digest of it, so it can't be recovered."
    ),
    "receipt.received": "Received",
    "receipt.due": "Answer due by",
    "receipt.provisional": (
        "Provisional: the public holidays of {year} are not published yet; it is computed again "
        "when they are."
    ),
    "receipt.rule": "Rule",
    "receipt.rule_text": "{title}, {clause}: {span} from receipt.",
    "receipt.rule_own": "This service's own rule ({rule}): {span} from receipt.",
    "receipt.about": "About",
    "receipt.about_input": "What you wrote was stopped under “{category}” at {when}.",
    "receipt.about_output": "What the model wrote was stopped under “{category}” at {when}.",
    "receipt.about_link": "See the reasons of the stop",
    "receipt.where": "Read the answer at",
    "receipt.print": "Print this page, or copy the two down or into a password manager.",
    "receipt.download": "Download the proof of record",
    "receipt.verify": "How to verify with it",
    "receipt.verify_text": (
        "The file proves when your appeal entered the public record and when the answer is due, so "
        "that nobody can change it unseen. It holds neither your words nor the secret. It verifies "
        "offline:"
    ),
    "receipt.command": "hegui ledger verify --proof {number}.tlog-proof --vkey '{vkey}'",
    "receipt.verify_keep": "The verification key; keep it with the file.",
    "receipt.moment": "The proof is not ready yet",
    "receipt.moment_text": (
        "Your appeal is saved; the record is putting it in its place, which takes a second or two. "
        "Please download it in a moment."
    ),
    "receipt.again": "Download again",
    "receipt.back": "Back to the appeal",
    # A case: steps and clock
    "case.way": "How far it is",
    "case.step_received": "Received",
    "case.step_assigned": "Review by a person",
    "case.step_decided": "Answer",
    "case.step_withdrawn": "Withdrawn",
    "case.clock": "The deadline",
    "case.clock_told": "Received {received}, answer due by {due}; {here}.",
    "case.clock_received": "Received {day}",
    "case.clock_today": "Today {day}",
    "case.clock_stopped": "Answer {day}",
    "case.clock_withdrawn": "Withdrawn {day}",
    "case.clock_due": "Due {day}",
    "case.clock_how": "How the deadline is counted",
    "case.clock_rule": (
        "From the day after receipt, working days only, to the end of the last one (Beijing). "
        "Holidays and make-up working days are as the State Council publishes them."
    ),
    "case.clock_day": "Day",
    "case.clock_kind": "What it is",
    "case.clock_count": "Counts as",
    "case.day_working": "Working day",
    "case.day_make_up": "Make-up working day",
    "case.day_weekend": "Weekend, not counted",
    "case.day_holiday": "Public holiday, not counted",
    # A case: what was written, and the answer
    "case.wrote": "What you wrote",
    "case.wrote_nothing": "You gave no reasons.",
    "case.wrote_gone": "What you wrote has been deleted at the end of its keeping.",
    "case.wrote_read": "A member of staff opened and read it at {when}.",
    "answer.title": "The answer",
    "answer.explanation": "Why it was decided so",
    "answer.facts": "Facts it rests on",
    "answer.gone": "This text has been deleted at the end of its keeping.",
    "answer.ground": "Ground",
    "answer.illegal_content": "Against the law",
    "answer.incompatible_content": "Against the service agreement",
    "answer.none": "There was no ground to stop it",
    "answer.category": "Category",
    "answer.how": "How it was found and decided",
    "answer.found_auto": "Found by a program",
    "answer.found_person": "Found by a person",
    "answer.decided_not_automated": "decided by a person",
    "answer.decided_partially": "decided by a person with a program's help",
    "answer.and": ", ",
    "answer.scope": "What it covers",
    "answer.territory": "Where it holds",
    "answer.territory_cn": "China",
    "answer.applied": "Holds from",
    "answer.ends": "Holds until",
    "answer.ends_open": "No end",
    "answer.when": "Decided",
    "answer.redress": "What else you can do",
    # A case: what can be done now
    "case.todo": "What you can do now",
    "case.todo_wait": (
        "Nothing needs to be done. The answer appears on this page; the number and the secret "
        "bring you back at any time."
    ),
    "case.todo_withdraw": "Withdraw the appeal",
    "case.todo_contact": (
        "To add something, or if it takes too long, write to the provider and quote {number}. "
        "{contact}"
    ),
    "case.todo_again": (
        "If you disagree, write to the provider and quote {number}; you may ask that somebody else "
        "looks again. {contact}"
    ),
    "case.todo_upheld": (
        "You may send what you wrote once more. Should it be stopped again, that is a new decision "
        "and can be appealed."
    ),
    "case.todo_law": (
        "The law also lets you complain to the competent authority or go to court. Your use of the "
        "service is not affected by it."
    ),
    "case.todo_refile": "Changed your mind? The same stop can be appealed again",
    # Withdrawing
    "withdraw.title": "Withdraw appeal {number}?",
    "withdraw.text": (
        "Nobody will look at it then, and the stop stands. You may appeal the same stop again "
        "later."
    ),
    "withdraw.do": "Withdraw",
    "withdraw.keep": "Back, without withdrawing",
    "withdraw.late": "It can no longer be withdrawn",
    "withdraw.late_text": (
        "This appeal has just come to its end and nothing was changed. Please go back and read "
        "how it stands."
    ),
}
