// Every word of the page, in both languages. `{name}` is filled in; `{n|one|many}` chooses by a number.

const zh = {
  title: "精益沙盒", other_language: "Switch to English",
  // Who one is
  in_group: "{title}", in_group_as: "{title}（{role}）", who_are_you: "您是哪一位？", picker_hint: "选好后，就以这位同事的身份聊天。每个窗口可以是不同的人。",
  new_window: "再开一个窗口", new_window_hint: "选一位同事，在新窗口里以 TA 的身份聊天。",
  switch_person: "点此换人", you_are: "您现在是{name}，点此换人", no_username: "没有用户名",
  new_person: "添一位同事", first_name: "名字", last_name: "姓（可不填）", username: "用户名（可不填）", add: "添加",
  unknown_person: "这里没有这位同事。",
  // Chats
  chats: "聊天", no_chats: "还没有聊天。点右上角菜单，可以新建群组。", choose_chat: "选一个聊天，说点什么吧",
  no_messages: "还没有消息", unread: "{n} 条未读", tap_to_begin: "点这里，和机器人打个招呼", page_menu: "菜单", you: "我", colon: "：",
  list_separator: "、", today: "今天", yesterday: "昨天",
  // The chat on screen
  back: "返回", chat_menu: "聊天菜单", connecting: "正在连接…", offline: "连不上沙盒，请看看它是否还在运行。",
  members: "{n} 位成员", members_list: "成员", blocked: "已停用", typing: "{name}正在输入…", sending_file: "{name}正在发送文件…",
  messages: "消息", to_end: "回到最新消息", topics: "话题", topic_all: "全部", topic_general: "综合",
  new_topic: "新建话题", topic_name: "话题名称",
  // Messages
  edited: "已编辑", silent: "不响铃", sent: "已发送", read: "已读", more: "更多操作", photo: "图片", file: "文件", open_photo: "看大图",
  unsupported: "这种消息暂时显示不了", forwarded_from: "转发自 {name}", show_more: "展开", show_less: "收起",
  spoiler: "内容已遮住，点一下显示", reply: "回复", edit: "编辑", copy: "复制", copied: "已复制", forward: "转发", delete: "删除",
  delete_question: "要把这条消息为所有人删除吗？", forward_to: "转发到", forwarded_to: "已转发到 {name}",
  react_with: "回应 {emoji}", reaction: "{emoji}，{n} 人",
  // What happened in a group
  service_joined: "{name} 加入了群组", service_added: "{actor} 邀请 {name} 加入了群组", service_left: "{name} 离开了群组",
  service_removed: "{actor} 将 {name} 移出了群组", service_created: "{actor} 创建了群组", service_title: "{actor} 将群名改为“{title}”",
  service_migrated: "群组已升级为超级群组", service_pinned: "{actor} 置顶了“{text}”", service_topic: "{actor} 新建了话题“{name}”",
  service_topic_edited: "{actor} 修改了话题“{name}”", service_topic_closed: "{actor} 关闭了话题",
  service_topic_reopened: "{actor} 重新打开了话题", service_photo: "{actor} 更换了群头像",
  // Polls
  poll_anonymous: "匿名投票", poll_public: "实名投票", quiz_anonymous: "匿名测验", quiz_public: "测验",
  poll_closed: "投票已结束", poll_closed_quiz: "测验已结束", vote: "投票", answer: "作答", retract_vote: "撤回投票", retract_answer: "撤回作答",
  votes: "{n} 人已投票", answers: "{n} 人已作答", no_votes: "还没有人投票", no_answers: "还没有人作答", results_hidden: "结束后公布结果", poll_closes: "{when} 截止",
  your_choice: "您的选择", right_answer: "正确答案", wrong_answer: "答错了", who_voted: "看谁选了什么", nobody: "没有人选", and_others: "{names}等 {n} 人",
  // Writing
  write: "写消息…", write_as_group: "以群组名义发言…", editing: "编辑消息", replying: "回复 {name}", send: "发送", save: "保存",
  cancel: "取消", commands: "命令", no_commands: "机器人还没有设置命令", show_keys: "显示或收起按键", start: "开始",
  not_member: "您已不在这个群组里。", speaking_as_group: "正在以群组名义发言，点此改用本人名义", speaking_as_me: "正在以本人名义发言，点此改用群组名义",
  attach: "添加图片或文件", send_photo: "发送图片", send_file: "发送文件", caption: "说明（可不填）", as_file: "按原文件发送，不压缩",
  // Bots and buttons
  no_answer: "机器人没有回应，请稍后再试。", alert: "提示", ok: "知道了", close: "关闭", open_chat: "打开聊天",
  block: "停用机器人", unblock: "重新启用",
  // Groups
  group_info: "群组信息", new_group: "新建群组", group_title: "群组名称", group_kind: "群组类型", kind_group: "普通群组",
  kind_supergroup: "超级群组", kind_forum: "话题群组", bots: "机器人", create: "创建", role_owner: "群主", role_administrator: "管理员",
  role_anonymous: "匿名管理员", role_bot: "机器人", add_member: "添加成员", nobody_left: "大家都已在群里了。",
  change_member: "管理 {name}", promote: "设为管理员", demote: "取消管理员", make_anonymous: "设为匿名管理员", show_name: "恢复实名发言",
  remove_member: "移出群组", migrate: "升级为超级群组", migrate_question: "要升级为超级群组吗？升级后不能退回。", leave: "退出群组",
  leave_question: "要退出“{name}”吗？",
  // The clock
  clock: "沙盒的时间", clock_hour: "+1 小时", clock_tomorrow: "明天", clock_monday: "下周一", clock_choose: "其他",
  clock_choose_title: "把时间拨到", clock_hint: "只能往后拨，时区为 {zone}。途中到点的事，机器人会依次办完。", clock_go: "拨过去",
  clock_working: "机器人正在办事…", clock_moved: "现在是 {when}",
  // For developers
  developer: "开发者工具", calls: "接口调用", limits: "频率限制", limits_enforced: "像 Telegram 一样限制发送频率", faults: "模拟故障",
  faults_clear: "清除全部故障", fault_method: "方法", fault_kind: "故障", fault_times: "次数", fault_flood: "限流（429）", fault_error: "服务器错误（502）",
  fault_timeout_before: "超时，未生效", fault_timeout_after: "超时，已生效", fault_refuse: "拒绝连接", fault_slow: "响应缓慢",
};

const en = {
  title: "Jingyi sandbox", other_language: "切换为中文",
  // Who one is
  in_group: "{title}", in_group_as: "{title} ({role})", who_are_you: "Who are you?", picker_hint: "You will chat as the person you choose. Each window can be somebody else.",
  new_window: "Open another window", new_window_hint: "Choose somebody to chat as in a new window.",
  switch_person: "Tap to switch", you_are: "You are {name}; switch person", no_username: "no username",
  new_person: "Add a person", first_name: "First name", last_name: "Last name (optional)", username: "Username (optional)", add: "Add",
  unknown_person: "There is nobody of that name here.",
  // Chats
  chats: "Chats", no_chats: "No chats yet. The menu above makes a group.", choose_chat: "Choose a chat and say something",
  no_messages: "No messages yet", unread: "{n} unread", tap_to_begin: "Tap here to say hello to the bot", page_menu: "Menu", you: "You", colon: ": ",
  list_separator: ", ", today: "Today", yesterday: "Yesterday",
  // The chat on screen
  back: "Back", chat_menu: "Chat menu", connecting: "connecting…", offline: "The sandbox can't be reached. Is it still running?",
  members: "{n} {n|member|members}", members_list: "Members", blocked: "blocked", typing: "{name} is typing…", sending_file: "{name} is sending a file…",
  messages: "Messages", to_end: "Go to the newest message", topics: "Topics", topic_all: "All", topic_general: "General",
  new_topic: "New topic", topic_name: "Name of the topic",
  // Messages
  edited: "edited", silent: "without sound", sent: "Sent", read: "Read", more: "More actions", photo: "Photo", file: "File", open_photo: "Open photo",
  unsupported: "This kind of message can't be shown yet", forwarded_from: "Forwarded from {name}", show_more: "Show more", show_less: "Show less",
  spoiler: "Hidden text, tap to show it", reply: "Reply", edit: "Edit", copy: "Copy", copied: "Copied", forward: "Forward", delete: "Delete",
  delete_question: "Delete this message for everyone?", forward_to: "Forward to", forwarded_to: "Forwarded to {name}",
  react_with: "React with {emoji}", reaction: "{emoji}, {n} {n|person|people}",
  // What happened in a group
  service_joined: "{name} joined the group", service_added: "{actor} added {name}", service_left: "{name} left the group",
  service_removed: "{actor} removed {name}", service_created: "{actor} created the group", service_title: "{actor} named the group “{title}”",
  service_migrated: "The group became a supergroup", service_pinned: "{actor} pinned “{text}”", service_topic: "{actor} opened the topic “{name}”",
  service_topic_edited: "{actor} changed the topic “{name}”", service_topic_closed: "{actor} closed the topic",
  service_topic_reopened: "{actor} reopened the topic", service_photo: "{actor} changed the group's picture",
  // Polls
  poll_anonymous: "Anonymous poll", poll_public: "Public poll", quiz_anonymous: "Anonymous quiz", quiz_public: "Quiz",
  poll_closed: "Final results", poll_closed_quiz: "Quiz closed", vote: "Vote", answer: "Answer", retract_vote: "Retract vote", retract_answer: "Retract answer",
  votes: "{n} {n|vote|votes}", answers: "{n} {n|answer|answers}", no_votes: "No votes yet", no_answers: "No answers yet", results_hidden: "Results after closing", poll_closes: "closes {when}",
  your_choice: "your choice", right_answer: "right answer", wrong_answer: "wrong answer", who_voted: "Who chose what", nobody: "nobody", and_others: "{names} and others, {n} in all",
  // Writing
  write: "Message", write_as_group: "Message as the group", editing: "Edit message", replying: "Reply to {name}", send: "Send", save: "Save",
  cancel: "Cancel", commands: "Commands", no_commands: "The bot has set no commands yet", show_keys: "Show or hide the keys", start: "Start",
  not_member: "You are not in this group any more.", speaking_as_group: "Speaking as the group; switch to your own name", speaking_as_me: "Speaking as yourself; switch to the group's name",
  attach: "Attach a photo or file", send_photo: "Send photo", send_file: "Send file", caption: "Caption (optional)", as_file: "Send as a file, uncompressed",
  // Bots and buttons
  no_answer: "The bot has not answered. Please try again later.", alert: "Notice", ok: "OK", close: "Close", open_chat: "Open chat",
  block: "Block bot", unblock: "Unblock",
  // Groups
  group_info: "Group info", new_group: "New group", group_title: "Name of the group", group_kind: "Kind of group", kind_group: "Group",
  kind_supergroup: "Supergroup", kind_forum: "Forum with topics", bots: "Bots", create: "Create", role_owner: "owner", role_administrator: "admin",
  role_anonymous: "anonymous admin", role_bot: "bot", add_member: "Add member", nobody_left: "Everybody is in the group already.",
  change_member: "Manage {name}", promote: "Make administrator", demote: "Dismiss as administrator", make_anonymous: "Make anonymous", show_name: "Speak by name again",
  remove_member: "Remove from group", migrate: "Make it a supergroup", migrate_question: "Make this a supergroup? There is no way back.", leave: "Leave group",
  leave_question: "Leave “{name}”?",
  // The clock
  clock: "The sandbox's time", clock_hour: "+1 h", clock_tomorrow: "Tomorrow", clock_monday: "Mon", clock_choose: "Other",
  clock_choose_title: "Move the time to", clock_hint: "Forward only, in {zone}. What falls due on the way is done by the bot in turn.", clock_go: "Move",
  clock_working: "The bot is working…", clock_moved: "It is now {when}",
  // For developers
  developer: "Developer tools", calls: "API calls", limits: "Limits", limits_enforced: "Limit sending as Telegram does", faults: "Faults",
  faults_clear: "Clear all faults", fault_method: "Method", fault_kind: "Fault", fault_times: "Times", fault_flood: "flood (429)", fault_error: "server error (502)",
  fault_timeout_before: "time-out, no effect", fault_timeout_after: "time-out after effect", fault_refuse: "connection refused", fault_slow: "slow answer",
};

export const TEXTS = { zh, en };
