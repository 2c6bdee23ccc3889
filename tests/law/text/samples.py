"""A small law of our own, in Chinese and in English, and how it comes out when it is read well."""

from hegui.law.text import Official

ZH = """\
社区工具借用办法

第一章 总则

第一条 为了让邻里共用工具，方便生活，制定本办法。
第二条 在本社区借用工具，适用本办法。
自己的工具自己使用，不适用本办法。

第二章 借用

第三条 借用人应当遵守下列要求：
（一）登记姓名和日期；
（二）按照说明使用工具；
（三）发现损坏时及时告诉管理员。
前款所说的管理员，由居民推选。
第四条 管理员应当每月清点一次工具，并公布结果。
第五条 逾期不还的，管理员可以采取下列措施：
（一）提醒；
（二）暂停借用。

第三章 附则

第六条 本办法自明年一月一日起施行。
"""

EN = """\
Rules on Borrowing Tools

Chapter I General

Article 1 These Rules are made so that neighbours can share tools.
Article 2 These Rules apply to whoever borrows tools in this community.
They do not apply to people who use tools of their own.

Chapter II Borrowing

Article 3 A borrower shall:
(1) write down name and day;
(2) use tools as their leaflet says; and
(3) tell the keeper at once of any damage.
The residents choose the keeper in the paragraph above.
Article 4 The keeper shall count the tools every month and publish the result.
Article 5 The keeper may do the following about tools that are not returned:
(1) send a reminder;
(2) lend nothing for a while.

Chapter III Last Things

Article 6 These Rules shall come into force on the first of January.
"""

#: Each article with the number of items of each of its paragraphs.
SHAPE = {"1": [0], "2": [0, 0], "3": [3, 0], "4": [0], "5": [2], "6": [0]}


def shape(one: Official) -> dict[str, list[int]]:
    """Each article with the number of items of each of its paragraphs."""
    return {each.number: [len(p.items) for p in each.paragraphs] for each in one.articles}


def words(one: Official) -> dict[str, list[str]]:
    """Each article's paragraphs and items in one list, without their numbers."""
    return {
        each.number: [
            text for p in each.paragraphs for text in (p.text, *(item.text for item in p.items))
        ]
        for each in one.articles
    }


def kinds(one: Official) -> list[tuple[str, str]]:
    """Each remark's kind and article."""
    return [(remark.kind, remark.article) for remark in one.remarks]
