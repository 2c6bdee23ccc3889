"""The commented ``hegui.toml`` that ``hegui init`` writes; as it stands it is the demo."""

TEMPLATE = """\
# 合规（Hegui）的配置。未写的项取默认值；写错的项在启动时会被指出。
# The settings of Hegui. What is left out takes its default; what is wrong is named at start.

# 本实例的名称；多个网关共用一个数据库时各取一名。
# This instance's name; gateways that share a database take one each.
instance = "main"

[provider]
# 服务提供者名称，显示在页面和服务协议中。
# The provider's name, shown on pages and in the service agreement.
name = "演示提供者 Demo provider"
# 27 位服务提供者编码（TC260-PG-20252A）。演示编码 00119… 不属于任何人，只能在本机使用。
# The provider code of 27 characters. The demo's, 00119…, is nobody's and for this machine alone.
code = "001191000000MA0000000N10000"
# 书面申诉和个人信息请求寄往何处。
# Where an appeal in writing or a request about personal data goes.
contact = "演示服务，无联系方式 (demo, no contact)"

[service]
# 公众所见的服务名称。
# The service's name as its public knows it.
name = "合规演示 Hegui demo"
# 服务面向哪些人。
# For which public it is.
public = "试用者 people who try it"
# 适用的场合，显示在门户首页（《生成式人工智能服务管理暂行办法》第十条）。
# On which occasions to use it, shown on the portal's home (Interim Measures, Art. 10).
occasions = "在自己的电脑上试用和评估 trying and assessing it on a machine of one's own"
# 适用的用途，同上；三项都写明，才算公开。
# What it is for, likewise; all three said is what counts as published.
uses = "体验对话和各项功能，不用于真实事务 trying the chat and what is around it, nothing real"

# 模型上游，可写多个；同一模型名在多个上游出现时按先后顺序切换。
# Model servers, one or more; a model named by several is taken over in this order.
[[upstream]]
# 在指标和证据中的名称。
# Its name in metrics and evidence.
name = "demo"
# openai（任何兼容 OpenAI 接口的服务）、responder（内置演示应答器，不是模型）或 smollm。
# openai (any OpenAI-compatible server), responder (the embedded demo responder) or smollm.
kind = "responder"
# 对外的模型名 = 上游自己的模型名。
# Our model name = the server's own.
models = { "demo" = "demo" }

# 接入真实模型时，去掉下面各行的 #，并把 provider.code 换成自己的编码。
# For a real model, take the # from the lines below and put your own code in provider.code.
# [[upstream]]
# name = "my-model"
# kind = "openai"
# 地址，到 /v1 为止。
# Its address, up to and with /v1.
# base_url = "https://models.example/v1"
# 首行是密钥的文件；相对路径从本文件所在文件夹算起。
# A file whose first line is the key; a relative path starts at this file's folder.
# key_file = "my-model.key"
# models = { "chat" = "served-model-name" }
# 回答只给出文件地址时，除上游自己的主机外还可到哪些主机下载。
# Where an answer only names a file: hosts it may be fetched from beside the server's own.
# file_hosts = []
# 连接、首字节、两段数据之间各等多少秒。
# Seconds to wait for the connection, for the first byte, and between two pieces.
# connect_seconds = 5.0
# first_byte_seconds = 60.0
# idle_seconds = 60.0
# 谁接收人们的文字；除演示外必须写全，并列入服务协议。
# Who receives people's text; needed in full but for the demo, and listed in the agreement.
# [upstream.recipient]
# 运营者。
# Who operates it.
# operator = "Example Models Ltd"
# 所在国家或地区。
# In which country or region.
# country = "CN"
# 为何目的。
# For what purpose.
# purpose = "生成回答 to generate the answers"
# 依据哪份合同。
# Under which contract.
# contract = "2026-01 模型服务合同"
# 是否留存输入。
# Whether it keeps what it is sent.
# keeps = false
# 是否用输入训练。
# Whether it trains on what it is sent.
# trains = false

[data]
# 数据库地址；留空为数据文件夹（HEGUI_HOME，默认 var）下的 SQLite，也可用 postgresql://…。
# The database; empty: SQLite in the data folder (HEGUI_HOME, default var), else postgresql://….
url = ""
# 个人密钥另存一库，不要放进普通备份；留空为数据文件夹下的 SQLite。
# Person keys have a store of their own, in no ordinary backup; empty: SQLite in the data folder.
keys_url = ""

[listen]
# 监听地址；演示编码只能监听本机。
# The address to listen on; the demo's code allows this machine alone.
host = "127.0.0.1"
# 第一个端口（接口）；其后依次是公众页面和管理台。HEGUI_PORT 可覆盖。
# The first port (the API); the next are the public pages and the console. HEGUI_PORT overrides it.
port = 8400
# 读者如何到达公众页面，例如 https://ai.example；留空则按监听地址。
# How a reader reaches the public pages, e.g. https://ai.example; empty: as listened.
public_url = ""
# 工作人员如何到达管理台，例如 https://desk.example；留空则按监听地址。不要对公众开放。
# How staff reach the console, e.g. https://desk.example; empty: as listened. Not for the public.
console_url = ""

[labels]
# 新应用的文字标识放在何处：start（开头，流被切断时仍在）、end（结尾）或 both（首尾）。
# Where new applications show the text label: start (stays on a cut stream), end or both.
at = "start"
# 标识文字：须含“人工智能”或“AI”，并含“生成”或“合成”（GB 45438）。
# The label's words: 人工智能 or AI, and 生成 or 合成 (GB 45438).
text = "【AI生成】"
# 画在图片和视频上的标识文字，要求同上；声音开头加“短长 短短”的节奏。
# The words drawn in pictures and clips, under the same rule; a sound begins with Morse for AI.
drawn = "AI生成"
# 给文件标识签名的 SM2 私钥文件（PEM）；留空则不签名。
# The SM2 private key (PEM) that signs the labels of files; empty: they are not signed.
key_file = ""
# 可否应使用者要求给出无显式标识的文件（《标识办法》第九条）；自拟的协议须写明使用者的标识义务。
# Whether a person may get a file without the visible label on request (Labelling Measures, Art. 9).
unlabelled = false
# 给出之前抽出多大比例的文件回读标识，0 到 1；每天每类的第一个总会抽到。
# The share of files read back before they leave, 0 to 1; the first of a kind each day always is.
sampled = 0.05

[words]
# 是否使用随附的示例词表（诈骗与恶意软件）。
# Whether the shipped example pack (scams and malware) is in force.
shipped = true
# 另外从文件读取的词表（TOML 或 CSV）；也可用 hegui words add 加入。
# Word packs read from files (TOML or CSV); hegui words add brings in others.
files = []

[retention]
# 通过的生成，其加密文字保留几天。
# Days that the sealed text of a passed generation is kept.
passed_days = 7
# 被停止的生成保留几天（须覆盖申诉期，不少于上一项）。
# Days for a stopped one (it must cover the time to appeal; at least the days above).
stopped_days = 180

[limits]
# 请求正文最多多少字节。
# The most bytes of a request's body.
body_bytes = 4194304
# 带文件上传的请求正文最多多少字节。
# The most bytes of a request's body that uploads files.
upload_bytes = 33554432
# 生成的一个文件最多多少字节。
# The most bytes of one generated file.
media_bytes = 67108864
# JSON 最多嵌套几层。
# The deepest nesting of its JSON.
depth = 32
# 读完请求正文最多几秒。
# The most seconds to read the body.
body_seconds = 30.0
# 一次生成最多几秒，不超过 86400。
# The most seconds of one generation, at most 86400.
generation_seconds = 600.0
# 同时处理的请求数上限。
# The most requests at once.
requests = 1000

# 期限和新事项除在管理台显示外，也可发到邮箱：去掉下面各行的 #。信中没有个人信息和人们的文字。
# Deadlines and new cases show in the console; for mail too, take the # from the lines below.
# [mail]
# 邮件服务器；留空则不发邮件。
# The mail server; empty: no mail is sent.
# host = "smtp.example"
# 端口：STARTTLS 用 587，TLS 用 465。
# Its port: 587 for STARTTLS, 465 for TLS.
# port = 587
# 加密：starttls（先加密再登录）或 tls（一连接就加密）；不发未加密的邮件。
# Encryption: starttls (before anything is said) or tls (at once); nothing goes out without it.
# security = "starttls"
# 从哪个地址发出。
# The address it is from.
# sender = "hegui@example.com"
# 登录用户名；留空则不登录。
# The user to sign in; empty: nobody does.
# user = "hegui@example.com"
# 首行是密码的文件；相对路径从本文件所在文件夹算起。
# A file whose first line is the password; a relative path starts at this file's folder.
# password_file = "mail.password"
# 按角色写收件地址：申诉发给 owner 和 reviewer，其余发给 owner 和 officer；都没有时发给全部。
# Addresses by role: cases go to owner and reviewer, the rest to owner and officer; else to all.
# [mail.to]
# 负责人。
# The owner.
# owner = ["owner@example.com"]
# 合规人员。
# Compliance officers.
# officer = []
# 审核人员。
# Reviewers.
# reviewer = []
# 谁运营邮件服务器；除演示外必须写全。
# Who operates the mail server; needed in full but for the demo.
# [mail.recipient]
# 运营者。
# Who operates it.
# operator = "Example Mail Ltd"
# 所在国家或地区。
# In which country or region.
# country = "CN"
# 为何目的。
# For what purpose.
# purpose = "提醒工作人员 to remind the staff"
# 依据哪份合同。
# Under which contract.
# contract = "2026-02 邮件服务合同"
# 是否留存收到的内容。
# Whether it keeps what it is sent.
# keeps = true
# 是否用收到的内容训练。
# Whether it trains on what it is sent.
# trains = false

# 也可用带签名的 POST 通知自己的程序。
# The same can go to a program of your own, as a signed POST.
# [webhook]
# 接收地址；留空则不发。
# Where to; empty: nothing is sent.
# url = "https://hooks.example/hegui"
# 首行是签名密钥（至少 32 个字符）的文件；相对路径从本文件所在文件夹算起。
# A file whose first line is the signing key (32 characters or more), relative to this file.
# key_file = "webhook.key"
# 谁运营接收程序；除演示外必须写全。
# Who operates it; needed in full but for the demo.
# [webhook.recipient]
# 运营者。
# Who operates it.
# operator = "Example Operations Ltd"
# 所在国家或地区。
# In which country or region.
# country = "CN"
# 为何目的。
# For what purpose.
# purpose = "转成工单 to open tickets"
# 依据哪份合同。
# Under which contract.
# contract = "2026-03 运维合同"
# 是否留存收到的内容。
# Whether it keeps what it is sent.
# keeps = true
# 是否用收到的内容训练。
# Whether it trains on what it is sent.
# trains = false
"""
