"""Rules about documents, words and what a folder has to hold."""

import ast
import os
import pathlib
import re
import subprocess

from tree import HOUSE, line_of, rule

LINK = re.compile(r"(?<!\\)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def prose(text):
    """A document without its code blocks and inline code; lines keep their numbers."""
    text = FENCE.sub(lambda m: "\n" * m[0].count("\n"), text)
    return re.sub(r"`[^`\n]*`", "``", text)


def anchors(text):
    found = set()
    for heading in re.findall(r"^#+\s+(.*)$", FENCE.sub("", text), re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        found.add(words.strip().replace(" ", "-"))
    return found


@rule("links", "links in documents lead to files and headings that exist")
def links(tree):
    for path in tree.ending(".md"):
        text = prose(tree.read(path))
        for match in LINK.finditer(text):
            target, _, anchor = match[1].partition("#")
            if re.match(r"[a-z]+:", match[1]):
                continue
            line = line_of(text, match.start())
            file = ((tree.root / path).parent / target).resolve() if target else tree.root / path
            if os.path.relpath(file, tree.root) in HOUSE["links"]["made_by_tests"]:
                continue
            if not file.exists():
                yield path, line, f"the link '{match[1]}' leads nowhere"
            elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
                yield path, line, f"'{match[1]}': there is no such heading"


@rule("readme", "README.md: at most 200 lines, the two commands in it")
def readme(tree):
    if not tree.exists("README.md"):
        yield "README.md", 1, "there is none"
        return
    text = tree.read("README.md")
    lines, most = text.count("\n"), HOUSE["lengths"]["readme_lines"]
    if lines > most:
        yield "README.md", lines, f"{lines} lines; at most {most}"
    for command in ("./dev demo", "./dev test"):
        if command not in text:
            yield "README.md", 1, f"the command {command} is missing"


@rule("module-readme", "each module folder has a README.md of under 60 lines")
def module_readme(tree):
    folders = {f"src/{tree.layer(path)}" if path.startswith("src/") else "sim"
               for path in tree.ending(".h", ".cc") if tree.layer(path)}
    for folder in sorted(folders):
        path = f"{folder}/README.md"
        if not tree.exists(path):
            yield path, 1, "there is none: purpose, main types, who calls it, what does not belong"
        elif (lines := tree.read(path).count("\n")) >= HOUSE["lengths"]["module_readme_lines"]:
            yield path, lines, f"{lines} lines; under {HOUSE['lengths']['module_readme_lines']}"


@rule("decisions", "docs/decisions: NNNN-name.md, each number once, a date in the first five lines")
def decisions(tree):
    numbers = {}
    for path in tree.paths:
        file = pathlib.PurePosixPath(path)
        if str(file.parent) != "docs/decisions" or file.name == "README.md":
            continue
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", file.name):
            yield path, 1, "a decision is named NNNN-what.md"
            continue
        if (first := numbers.setdefault(file.name[:4], path)) != path:
            yield path, 1, f"the number {file.name[:4]} belongs to {first}"
        if not re.search(r"\d{4}-\d\d-\d\d", "\n".join(tree.read(path).split("\n")[:5])):
            yield path, 1, "the date is missing in the first five lines"


URL = re.compile(r"\bhttps?://(?:[^\s/@\"']+@)?(\[[^\]]*\]|[A-Za-z0-9.-]+)")


@rule("hosts", "a file names only hosts that house.toml lists")
def hosts(tree):
    for path in tree.texts():
        if path.startswith(("tests/data/", "scripts/lint/rules_test.py")) or path == "LICENSE":
            continue
        text = tree.read(path)
        if path.endswith("package-lock.json"):  # addresses of authors are no hosts of ours
            if match := re.search(r'"resolved":\s*"http', text):
                yield path, line_of(text, match.start()), "a lock file must not hold download addresses"
            continue
        for match in URL.finditer(text):
            host = match[1].rstrip(".")
            if host.endswith((".example", ".test", ".invalid")):
                continue
            if "." in host and host not in HOUSE["hosts"]["allowed"]:
                yield path, line_of(text, match.start()), f"the host '{host}' is not listed in house.toml"


@rule("words", "the text speaks of the product, not of how it came about or of one machine")
def words(tree):
    patterns = [re.compile(pattern) for pattern in HOUSE["words"]["banned"]]
    for path in tree.texts():
        if path in ("scripts/lint/house.toml", "scripts/lint/rules_test.py"):
            continue
        text = tree.read(path)
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield path, line_of(text, match.start()), f"'{match[0]}' does not speak of the product"


@rule("scripts", "shell and Python programs can be parsed")
def scripts(tree):
    for path in tree.paths:
        text = tree.read(path) if path.endswith(".py") or "." not in pathlib.PurePath(path).name else ""
        if path.endswith(".py") or re.match(r"#!.*python", text):
            try:
                ast.parse(text)
            except SyntaxError as error:
                yield path, error.lineno or 1, f"Python cannot read it: {error.msg}"
        elif re.match(r"#!.*\bbash\b", text):
            run = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True)
            if run.returncode:
                yield path, 1, f"bash cannot read it: {run.stderr.strip()[:120]}"


KEY = re.compile(r'\{\s*"([a-zA-Z.]*)",\s*"([a-z_]+)",')


@rule("config-page", "docs/format/configuration.md explains every key that the program knows, and no other")
def config_page(tree):
    source, page = "src/cli/config_keys.cc", "docs/format/configuration.md"
    if not (tree.exists(source) and tree.exists(page)):
        return
    known = {(section, key) for section, key in KEY.findall(tree.read(source))}
    explained, section = {}, ""
    for number, line in enumerate(tree.read(page).split("\n"), 1):
        if line.startswith("## "):
            match = re.match(r"## `\[\[?([^\]]+)\]\]?`", line)
            section = match[1] if match else ""
        elif match := re.match(r"\| (`[^|]+`) \|", line):
            for key in re.findall(r"`(\w+)`", match[1]):
                explained[(section, key)] = number
    for section, key in sorted(known - set(explained)):
        yield page, 1, f"the key '{key}' of [{section}] is not explained"
    for section, key in sorted(set(explained) - known):
        yield page, explained[(section, key)], f"the program knows no key '{key}' in [{section}]"
