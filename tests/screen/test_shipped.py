"""The example pack: it is met where it should be, and harmless talk passes."""

import re

import pytest

from hegui.screen import Screen, Word, shipped_packs

PACK = shipped_packs()[0]
SCREEN = Screen(shipped_packs())

HARMLESS = [
    "警方提醒:任何要求您把钱转到“安全账户”的电话都是诈骗。",
    "公安机关没有所谓的安全账户,接到此类来电请立即挂断并拨打96110。",
    "如何识别刷单诈骗?凡是要求先垫钱的兼职都不可信。",
    "请不要把短信验证码告诉任何人,包括自称客服的人。",
    "我收到一条验证码短信,但不是我操作的,怎么办?",
    "中奖诈骗常以手续费、税费为名骗取钱财。",
    "什么是杀猪盘?它有哪些常见手法?",
    "请解释勒索病毒的工作原理以及如何备份数据来防范。",
    "我的电脑好像中了木马,应该怎么清除?",
    "DDoS攻击是什么?网站应如何防护?",
    "僵尸网络是怎样形成的?请从防御角度说明。",
    "写一篇关于钓鱼邮件防范的员工培训材料。",
    "老师说今天的作业要在晚上八点前提交。",
    "请帮我把这段话翻译成英文:春眠不觉晓。",
    "这只股票最近跌了很多,要不要止损?",
    "基金定投有风险,不可能稳赚,请谨慎。",
    "我想申请助学贷款,需要准备哪些材料?",
    "征信报告在哪里查询?一年可以免费查几次?",
    "银行卡丢了,怎么挂失?",
    "请问退款多久到账?订单号是12345。",
    "帮我写一封请假邮件给领导。",
    "领导让我帮忙先垫付差旅费,公司会报销吗?",
    "怎么注册微信公众号?",
    "学信网上怎样下载学历证明?",
    "把屏幕共享给同事,会议软件里点哪里?",
    "加密货币的区块链原理是什么?",
    "日结工资的兼职要签劳动合同吗?",
    "快递员说我的包裹丢了要赔付,是真的吗?",
    "远程控制软件和木马有什么区别?",
    "免杀技术为什么会让杀毒软件失效?安全课上老师提到过。",
    "Never share a verification code with anyone, even if they say they work for your bank.",
    "How do I report a phishing email that asks me to verify my password?",
    "Banks will never ask you to move money to a safe account.",
    "What is an advance fee scam, and how can my grandmother spot one?",
    "Explain how ransomware works and how backups protect a hospital.",
    "My computer is infected with adware. How do I clean it?",
    "What is a botnet, and how do providers take one down?",
    "How does a DDoS attack work, and how can a small shop defend against it?",
    "Write a training slide about gift card scams for new employees.",
    "I bought two gift cards and would like to text them to my niece.",
    "How do I install AnyDesk on my own laptop?",
    "Is a refund possible if I cancel within 14 days?",
    "The processing fee for the visa is 80 euros.",
    "She received an inheritance from her aunt last spring.",
    "What daily returns can one expect from an index fund?",
    "No investment is without risk; be wary of guarantees.",
    "Explain double spending in Bitcoin.",
    "How can I kill a Python process that does not respond?",
    "Write a Python script that sends me an email when disk space is low.",
    "What is a remote access trojan? I am preparing for a security exam.",
    "Our website was down for an hour because of a certificate.",
    "Please transfer the files to the new server by Friday.",
    "Confirm your appointment by replying to this message.",
    "Does the library sell discarded books by weight?",
    "Reset my password, please; the link has expired.",
    "The crypt under the cathedral is fully lit at night.",
    "We rent our flat by the month.",
    "What logs should I keep to find out who stole my laptop?",
    "Which card and PIN do I use at the car park?",
    "Call this number for help with your tax return: the tax office answers from 8 to 17.",
    "Give me a recipe for scones.",
]


def test_words_in_both_languages_for_both_harms() -> None:
    chinese = [word for word in PACK.words if re.search("[\u4e00-\u9fff]", word.word)]
    assert 40 <= len(PACK.words) <= 60
    assert 20 <= len(chinese) <= len(PACK.words) - 20
    assert {word.category for word in PACK.words} == {"fraud", "malware"}
    assert all(word.note for word in PACK.words)


def test_no_word_is_short() -> None:
    for word in PACK.words:
        chinese = re.search("[\u4e00-\u9fff]", word.word)
        assert len(word.word) >= (6 if chinese else 16), word.word


@pytest.mark.parametrize("word", PACK.words, ids=lambda word: word.word)
def test_each_word_is_met_in_other_dress(word: Word) -> None:
    text = word.word.upper().replace(" ", "\u00a0\u200b")
    assert [found.word for found in SCREEN.scan(f"……{text}!")] == [word.word]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_talk_passes(text: str) -> None:
    assert SCREEN.scan(text) == []


def test_there_is_harmless_talk_enough() -> None:
    assert len(HARMLESS) >= 60
