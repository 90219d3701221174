"""Draws the bars for the README: ours beside the official SDK, per language."""

from html import escape

# (title, scenario, column, label's suffix, unit)
CHARTS = [
    ("CPU per GET", "get", "cpuMicros", "", "µs"),
    ("CPU per list of 5,000 rows", "list5000", "cpuMicros", "", "µs"),
    ("CPU to import and make a client", "cold", "cpuMs", " import", "ms"),
    ("Peak memory of a 1 GiB upload", "upload1024", "rssPeakMiB", "", "MiB"),
]
COLOURS = {"polywrite": "#0f766e", "appwrite": "#cbd5e1", "urlsession": "#cbd5e1"}
WIDTH, BAR, GAP, LABEL, LENGTH = 760, 16, 10, 80, 520


def measured(results):
    """(title, unit, [(language, {client: value})]) of the charts that this run has figures for."""
    for title, scenario, column, suffix, unit in CHARTS:
        languages = []
        for language, labels in results.get(scenario, {}).items():
            found = {name: labels.get(name + suffix, {}).get(column) for name in COLOURS}
            values = {name: figure for name, figure in found.items() if figure}
            if len(values) > 1:
                languages.append((language, values))
        if languages:
            yield title, unit, languages


def draw(results) -> str:
    """The picture as SVG text."""
    parts, y = [], 20
    for title, unit, languages in measured(results):
        parts.append(f'<text x="0" y="{y}" font-weight="600">{escape(title)} ({unit})</text>')
        y += 12
        for language, values in languages:
            # Each language has a scale of its own: the bars compare clients, not languages.
            longest = max(values.values())
            parts.append(f'<text x="0" y="{y + BAR + 4}">{escape(language)}</text>')
            for name, figure in values.items():
                length = max(2, round(figure / longest * LENGTH))
                place = f'x="{LABEL}" y="{y}" width="{length}" height="{BAR}"'
                parts.append(f'<rect {place} fill="{COLOURS[name]}" rx="2"/>')
                text = f"{figure:,.3g}" if figure < 1000 else f"{figure:,.0f}"
                parts.append(f'<text x="{LABEL + length + 6}" y="{y + 13}" font-size="12">{text} {name}</text>')
                y += BAR + 2
            y += GAP
        y += 22
    # A background of its own, so that it can be read on dark pages, too.
    body = "\n".join([f'<rect x="-16" y="-6" width="{WIDTH}" height="{y}" fill="#ffffff"/>', *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="-16 -6 {WIDTH} {y}" '
        f'font-family="system-ui, sans-serif" font-size="14" fill="#334155">\n{body}\n</svg>\n'
    )
