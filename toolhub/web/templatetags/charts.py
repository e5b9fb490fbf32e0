"""Small charts, drawn here as SVG. Text never stands inside them, and a table twin always stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH = 100
MARGIN = 4


@register.simple_tag
def line_chart(values: Sequence[int], label: str, height: int = 44) -> SafeString:
    """A line over a pale area, scaled between the smallest and the largest value. `label` states the finding."""
    low, high = min(values, default=0), max(values, default=0)
    step = WIDTH / max(len(values) - 1, 1)
    room = height - 2 * MARGIN
    points = [
        f"{index * step:.1f} {height - MARGIN - room * (value - low) / ((high - low) or 1):.1f}"
        for index, value in enumerate(values)
    ]
    line = "M" + " L".join(points) if points else ""
    area = f"{line} L{WIDTH} {height} L0 {height}Z" if points else ""
    shapes = format_html('<path class="chart__area" d="{}"/><path d="{}"/>', area, line)
    return _frame(shapes, label, height)


@register.simple_tag
def bar_chart(values: Sequence[int], label: str, height: int = 28) -> SafeString:
    high = max(values, default=0) or 1
    slot = WIDTH / max(len(values), 1)
    bars = (
        (
            f"{(index + 0.125) * slot:.2f}",
            f"{height - size:.1f}",
            f"{slot * 0.75:.2f}",
            f"{size:.1f}",
        )
        for index, size in enumerate(max(1.0, height * value / high) for value in values)
    )
    shapes = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"/>', bars)
    return _frame(shapes, label, height)


def _frame(shapes: SafeString, label: str, height: int) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" height="{}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        height,
        height,
        label,
        shapes,
    )
