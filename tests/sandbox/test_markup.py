import pytest

from sandbox.markup import MarkupError, clean, combine, detect, parse, resolve, utf16_length, utf16_slice


def shown(text, entities):
    """Entities as a reader sees them: their kind and the text that they cover."""
    return [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in entities]


def parsed(text, mode):
    plain, entities = parse(text, mode)
    return plain, shown(plain, entities)


def refusal(text, mode):
    with pytest.raises(MarkupError) as refused:
        parse(text, mode)
    return refused.value.description.removeprefix("can't parse entities: ")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_html_knows_its_tags_in_any_case(tag, kind):
    assert parsed(f"精<{tag}>益</{tag}>", "HTML") == ("精益", [(kind, "益")])
    assert parsed(f"<{tag.upper()} >益</{tag.upper()} >", "html") == ("益", [(kind, "益")])


def test_offsets_count_utf16_units():
    assert parse("😀<b>党👨‍👩‍👧</b>!", "HTML") == ("😀党👨‍👩‍👧!", [{"type": "bold", "offset": 2, "length": 9}])


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ('<a href="example.org">x</a>', {"type": "text_link", "url": "http://example.org/"}),
        ("<a href='HTTPS://Example.org/A?b=1&amp;c=&quot;'>x</a>", {"url": 'https://example.org/A?b=1&c="'}),
        ('<a href="tg://user?id=42">x</a>', {"type": "text_link", "url": "tg://user?id=42", "user_id": 42}),
        ('<a href="tg://resolve?domain=jingyi">x</a>', {"url": "tg://resolve?domain=jingyi"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ('<code class="language-python"><pre>x</pre></code>', {"type": "pre", "language": "python"}),
        ("<pre><code>x</code></pre>", {"type": "pre"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', {"custom_emoji_id": "5368324170671202286"}),
        ('<tg-time unix="1784300000" format="tw">x</tg-time>', {"unix_time": 1784300000, "date_time_format": "wt"}),
    ],
)
def test_html_attributes_arrive_in_the_entity(text, entity):
    plain, [found] = parse(text, "HTML")
    assert plain == "x"
    assert found.items() >= entity.items()


@pytest.mark.parametrize("url", ["", "nowhere", "ftp://example.org", "http://", "example.org:99999", "tg://user?id=0"])
def test_a_link_that_telegram_does_not_take_leaves_its_text(url):
    assert parsed(f'<a href="{url}">x</a>', "HTML") == ("x", [] if url != "tg://user?id=0" else [("text_link", "x")])


def test_only_four_references_have_names():
    assert parse("&lt;&gt;&amp;&quot;&nbsp;&apos;&#60;&#x41&#0;&", "HTML")[0] == '<>&"&nbsp;&apos;<A&#0;&'


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ('精<foo id="1">', 'Unsupported start tag "foo" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("😀<b>x</i>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b ", "Unclosed end tag at byte offset 4"),
        ("<b =x>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=x/y>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>', "Unclosed start tag at byte offset 0"),
        ("<a href= ", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix='1' format='x'>x</tg-time>", "Invalid date format used"),
    ],
)
def test_html_is_refused_in_telegrams_words(text, description):
    assert refusal(text, "HTML") == description


def test_half_a_surrogate_pair_is_refused():
    assert "unmatched surrogate code units" in refusal("&#xD83D;", "HTML")
    with pytest.raises(MarkupError, match="UTF-8"):
        parse("\ud83d", "HTML")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*b* _i_ __u__ ~s~ ||p|| `c`", "bold italic underline strikethrough spoiler code"),
        ("[x](http://example.org/\\))", "text_link"),
        ("![👍](tg://emoji?id=5368324170671202286)", "custom_emoji"),
        ("![now](tg://time?unix=1784300000&format=r)", "date_time"),
        ("```python\nprint()\n```", "pre"),
        (">a\n>b||\nc", "expandable_blockquote"),
        (">a\n>b\nc", "blockquote"),
    ],
)
def test_markdown_v2_knows_its_marks(text, found):
    assert [entity["type"] for entity in parse(text, "markdownv2")[1]] == found.split()


@pytest.mark.parametrize("char", "_*[]()~`>#+-=|{}.!")
def test_markdown_v2_wants_its_characters_escaped(char):
    assert parse(f"a\\{char}", "MarkdownV2") == (f"a{char}", [])
    assert refusal(f"a{char}", "MarkdownV2") in {
        f"Character '{char}' is reserved and must be escaped with the preceding '\\'",
        f"Can't find end of {MARK.get(char)} entity at byte offset 1",
    }


MARK = {"_": "Italic", "*": "Bold", "[": "TextUrl", "~": "Strikethrough", "`": "Code"}


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("精*x", "Can't find end of Bold entity at byte offset 3"),
        ("*_x*_", "Can't find end of Italic entity at byte offset 4"),
        ("```x y", "Can't find end of PreCode entity at byte offset 0"),
        (">*x\ny*", "Can't find end of Bold entity at byte offset 1"),
        ("[x](http://example.org", "Can't find end of a URL at byte offset 4"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![x](http://example.org)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
def test_markdown_v2_is_refused_in_telegrams_words(text, description):
    assert refusal(text, "MarkdownV2") == description


def test_old_markdown_does_not_nest():
    assert parsed("*a_b* `c` \\*d [e](example.org) ```sh\nf```", "Markdown") == (
        "a_b c *d e f",
        [("bold", "a_b"), ("code", "c"), ("text_link", "e"), ("pre", "f")],
    )
    assert refusal("精_a", "Markdown") == "Can't find end of the entity starting at byte offset 3"


def test_an_unknown_mode_is_refused():
    assert refusal("x", "BBCode") == "unsupported parse_mode"


def test_white_space_at_the_ends_goes_with_its_entities():
    assert parsed("\n  a <b>b </b> \n", "HTML") == ("a b", [("bold", "b")])
    assert parsed("a <i> </i><b>\n</b>", "HTML") == ("a", [])
    assert parsed("  <b> a</b>", "HTML") == (" a", [("bold", " a")])


def test_a_text_of_invisible_characters_is_empty():
    assert parse("<b> \u200b\u2800\u00a0\n</b>", "HTML") == ("", [])


def test_control_characters_and_overrides_are_taken_out():
    assert parse("a\r\n\x07b\u202e<b>\u202ec</b>", "HTML") == (
        "a\n bc",
        [{"type": "bold", "offset": 4, "length": 1}],
    )


def test_styles_are_split_where_another_entity_begins_or_ends():
    assert parsed("<b>a<i>b</i>c</b>", "HTML")[1] == [("bold", "a"), ("bold", "bc"), ("italic", "b")]
    assert parsed("<b>a<code>b</code>c</b>", "HTML")[1] == [("bold", "a"), ("code", "b"), ("bold", "c")]
    assert parsed("<b>a</b><b>b</b>", "HTML")[1] == [("bold", "ab")]


def test_the_outer_of_two_entities_over_the_same_text_comes_first():
    text = "<i><b><blockquote><a href='example.org'>a</a></blockquote></b></i>"
    assert [kind for kind, _ in parsed(text, "HTML")[1]] == ["blockquote", "text_link", "bold", "italic"]


def test_a_link_holds_no_other_link_or_code():
    assert parsed("<a href='example.org'>a<code>b</code></a>", "HTML")[1] == [("text_link", "ab")]


def test_entities_given_with_a_text_are_cleaned_and_found_ones_left_out():
    given_entities = [
        {"type": "italic", "offset": 2, "length": 3},
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "mention", "offset": 0, "length": 1},
        {"type": "bold", "offset": 1, "length": 0},
    ]
    text, entities = clean("abcde ", given_entities)
    assert shown(text, entities) == [("bold", "ab"), ("italic", "cde"), ("bold", "c")]


@pytest.mark.parametrize(("offset", "length"), [(1, 1), (0, 1), (0, 9), (9, 1), (-1, 1)])
def test_entities_outside_the_text_or_within_a_character_are_refused(offset, length):
    with pytest.raises(MarkupError):
        clean("😀", [{"type": "bold", "offset": offset, "length": length}])


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "loud", "offset": 0, "length": 1},
        {"type": "bold"},
        {},
        "bold",
        1,
        None,
        {"type": "bold", "offset": 1e999, "length": 1},
    ],
)
def test_what_is_no_entity_is_refused(entity):
    with pytest.raises(MarkupError, match="can't parse MessageEntity"):
        clean("a", [entity])


def test_a_link_or_mention_given_with_a_text_is_as_one_in_markup():
    wang = {"id": 1, "is_bot": False, "first_name": "王"}
    place = {"offset": 0, "length": 1}
    mention = [{"type": "text_mention", **place, "user": wang}]
    assert resolve(clean("a", mention)[1], {1: wang}.get) == mention
    assert clean("a", [{"type": "text_link", **place, "url": "a.org"}])[1][0]["url"] == "http://a.org/"
    assert clean("a", [{"type": "text_link", **place, "url": "nowhere"}])[1] == []


def test_a_mention_by_id_is_resolved_or_dropped():
    entities = parse('<a href="tg://user?id=1">a</a><a href="tg://user?id=2">b</a>', "HTML")[1]
    wang = {"id": 1, "is_bot": False, "first_name": "王"}
    assert resolve(entities, {1: wang}.get) == resolve(clean("ab", entities)[1], {1: wang}.get)
    assert resolve(entities, {1: wang}.get) == [{"type": "text_mention", "offset": 0, "length": 1, "user": wang}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/task @wangfang 明天", [("bot_command", "/task"), ("mention", "@wangfang")]),
        ("/done@jingyi_bot 1", [("bot_command", "/done@jingyi_bot")]),
        ("见/task，和 a/b <b/c> /任务 /task任务 //a", []),
        ("#精益 #5s #123 #第①项 a#b", [("hashtag", "#精益"), ("hashtag", "#5s"), ("hashtag", "#第")]),
        ("#精益@jingyi_hub $USD $usd US$USD", [("hashtag", "#精益@jingyi_hub"), ("cashtag", "$USD")]),
        ("a@b @abc @abcd", [("mention", "@abcd")]),
        ("见 example.org/a(b). 和 http://x.local", [("url", "example.org/a(b)"), ("url", "http://x.local")]),
        ("见 https://example.org，谢谢", [("url", "https://example.org，谢谢")]),
        ("完成.Are e.g. 1.2 v1.2.3 a..b 10.0.0.1:80/x", [("url", "10.0.0.1:80/x")]),
        ("信 wang.fang+x@example.com.cn。", []),
        ("信 wang.fang+x@example.com.cn 或", [("email", "wang.fang+x@example.com.cn")]),
        (
            "+86 138 0013 8000 or +1 (212) 555-0123, +12",
            [("phone_number", "+86 138 0013 8000"), ("phone_number", "+1 (212) 555-0123")],
        ),
        ("tg://user?id=42 t.me/jingyi", [("url", "tg://user?id=42"), ("url", "t.me/jingyi")]),
    ],
)
def test_telegram_finds_by_itself(text, found):
    assert shown(text, detect(text)) == found


def test_found_entities_stay_out_of_code_and_links_and_split_styles():
    text, given_entities = parse('<code>/a</code> <a href="example.org">/b</a> <b>x /c y</b>', "HTML")
    assert shown(text, combine(given_entities, detect(text))) == [
        ("code", "/a"),
        ("text_link", "/b"),
        ("bold", "x "),
        ("bot_command", "/c"),
        ("bold", "/c"),
        ("bold", " y"),
    ]


def test_lengths_are_in_utf16_units():
    assert utf16_length("a党😀") == 4
    assert utf16_slice("a党😀b", 2, 2) == "😀"
