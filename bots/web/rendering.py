"""Blocks of an answer as HTML that is safe to show.

The composers write ``**bold**`` and Markdown tables, a language model and an imported document may write
anything. So Markdown is rendered without raw HTML, links or images, and the result is cleaned once more.
"""

import nh3
from markdown_it import MarkdownIt

from assistant.answer import Block

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "table", "escape", "entity", "backticks"])
_TAGS = {"p", "strong", "em", "code", "table", "thead", "tbody", "tr", "th", "td"}


def block_html(block: Block) -> str:
    """The inside of a block; only a table is more than one line of text.

    >>> block_html(Block(kind="sentence", text="Bernilai **2,40** <script>alert(1)</script>"))
    'Bernilai <strong>2,40</strong> &lt;script&gt;alert(1)&lt;/script&gt;'
    """
    render = _MARKDOWN.render if block.kind == "table" else _MARKDOWN.renderInline
    return nh3.clean(render(block.text), tags=_TAGS, attributes={}, link_rel=None).strip()
