"""Rules that read C++ files as text."""

import pathlib
import re

from tree import HOUSE, rule

CPP = (".h", ".cc")


def is_test(path):
    return path.startswith("tests/") or path.endswith("_test.cc") or "_for_test." in path


def product_files(tree, *suffixes):
    """The C++ files of the layers, unit tests included."""
    return [path for path in tree.ending(*(suffixes or CPP)) if tree.layer(path)]


@rule("layers", "includes follow the table of layers")
def layers(tree):
    for path in product_files(tree):
        own = tree.layer(path)
        allowed = HOUSE["layers"].get(own)
        if allowed is None:
            yield path, 1, f"the folder '{own}' is not in the table of layers (scripts/lint/house.toml)"
            continue
        for line, name in tree.cpp(path).includes:
            file = tree.resolve_include(name)
            other = tree.layer(file) if file else None
            if other and other != own and other not in allowed:
                yield path, line, f"'{own}' must not include '{name}': '{other}' is not below it"


@rule("adapters", "a foreign library is known to one layer only")
def adapters(tree):
    for path in product_files(tree):
        for line, name in tree.cpp(path).system_includes + tree.cpp(path).includes:
            for prefix, owners in HOUSE["adapters"].items():
                if name.startswith(prefix) and tree.layer(path) not in owners:
                    yield path, line, f"only {', '.join(owners)} may include <{name}>"


@rule("full-path", "includes in quotes name a file by its full path from src/")
def full_path(tree):
    for path in tree.ending(*CPP):
        for line, name in tree.cpp(path).includes:
            if "generated" not in name and not tree.resolve_include(name):
                yield path, line, f'"{name}" is no full path of a header from src/'


@rule("pragma-once", "headers begin with #pragma once")
def pragma_once(tree):
    for path in tree.ending(".h"):
        first = re.search(r"^\s*#.*$", tree.cpp(path).code, re.MULTILINE)
        if not first or first[0].split() != ["#pragma", "once"]:
            yield path, 1, "the first directive must be #pragma once"


SQL = re.compile(r"\b(?:SELECT\s.*?\sFROM|INSERT\s+INTO|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP\w*\s+)?"
                 r"(?:TABLE|VIEW|MACRO|INDEX)|DELETE\s+FROM|(?:DROP|ALTER)\s+TABLE|MERGE\s+INTO"
                 r"|UPDATE\s+\w+\s+SET|COPY\s+\w+\s+(?:TO|FROM))\b|\bread_(?:csv|parquet)\(", re.DOTALL)


@rule("sql", "SQL only in src/store")
def sql(tree):
    for path in product_files(tree):
        if tree.layer(path) != "store":
            for line, text in tree.cpp(path).texts:
                if SQL.search(text):
                    yield path, line, f"SQL outside src/store: \"{text.strip()[:50]}\""


JSON_KEY = re.compile(r'(?:^|[{,\[])\s*"[A-Za-z_{}]+"\s*:')


@rule("json", "JSON only in files *_json.h and *_json.cc")
def json(tree):
    for path in product_files(tree):
        if is_test(path) or re.search(r"_json\.(h|cc)$", path):
            continue
        file = tree.cpp(path)
        for line, name in file.system_includes + file.includes:
            if re.match(r"(simdjson|nlohmann/|rapidjson/)", name):
                yield path, line, f"<{name}> outside a *_json file"
        for line, text in file.texts:
            if JSON_KEY.search(text):
                yield path, line, f"JSON outside a *_json file: {text.strip()[:50]}"


FORBIDDEN = [
    (re.compile(r"\bstd::(?:ranges::)?views\b|\branges::views\b"), "std::views: clang 14 cannot read it"),
    (re.compile(r"\bstd::source_location\b"), "std::source_location: clang 14 has none"),
    (re.compile(r"\bstd::format\b"), "std::format: the compiler has none; use fmt"),
    (re.compile(r"\busing namespace std\b"), "using namespace std"),
    (re.compile(r"\bsleep_(?:for|until)\b"), "a sleep: time comes from the caller or a condition"),
]


@rule("forbidden", "no std::views, std::source_location, std::format, sleeps")
def forbidden(tree):
    for path in tree.ending(*CPP):
        for number, line in enumerate(tree.cpp(path).lines, 1):
            for pattern, message in FORBIDDEN:
                if pattern.search(line):
                    yield path, number, message


RETURNS_RESULT = re.compile(
    r"^(?P<indent>[ ]*)(?P<words>(?:(?:virtual|static|inline|constexpr|friend|explicit)\s+)*)"
    r"(?:(?:\w+::)*Result<[^;={]*>|(?:ripen::)?Status)\s+(?P<name>\w+)\(")


def undecorated(lines):
    """(index, match) of the lines that declare a fallible function without [[nodiscard]]."""
    for index, line in enumerate(lines):
        match = RETURNS_RESULT.match(line)
        before = lines[index - 1].rstrip() if index else ""
        if match and "friend" not in match["words"] and not before.endswith("[[nodiscard]]"):
            yield index, match


@rule("nodiscard", "functions that return a Result or a Status are [[nodiscard]] (--fix adds it)")
def nodiscard(tree):
    for path in tree.ending(".h"):
        for index, match in undecorated(tree.cpp(path).lines):
            yield path, index + 1, f"{match['name']} returns an error: declare it [[nodiscard]]"


def fix_nodiscard(tree):
    """Adds the missing [[nodiscard]]; returns the changed files."""
    changed = []
    for path in tree.ending(".h"):
        lines = tree.read(path).split("\n")
        missing = list(undecorated(tree.cpp(path).lines))
        for index, match in missing:
            lines[index] = match["indent"] + "[[nodiscard]] " + lines[index].lstrip()
        if missing:
            (tree.root / path).write_text("\n".join(lines))
            changed.append(path)
    return changed


@rule("todo", "an open end says why it still is one: TO" + "DO(reason): what")
def todo(tree):
    marker = "TO" + "DO"
    for path in tree.ending(".h", ".cc", ".py", ".ts", ".svelte", ".js", ".mjs", ".cmake", ".sql"):
        for number, line in enumerate(tree.read(path).split("\n"), 1):
            if re.search(rf"\b(?:{marker}|FIX" rf"ME|X" rf"XX)\b(?!\([^)]{{8,}}\))", line):
                yield path, number, f"write {marker}(the reason): what"


@rule("names", "files are snake_case (C++, Python), kebab-case (TypeScript), PascalCase (Svelte); no utils")
def names(tree):
    shapes = {".h": r"[a-z][a-z0-9_]*", ".cc": r"[a-z][a-z0-9_]*", ".py": r"_*[a-z][a-z0-9_]*",
              ".ts": r"[a-z0-9-]+(\.[a-z]+)*", ".svelte": r"[A-Z][A-Za-z0-9]*"}
    for path in tree.paths:
        file = pathlib.PurePosixPath(path)
        shape = shapes.get(file.suffix)
        if shape and not re.fullmatch(r"__\w+__|" + shape, file.stem):
            yield path, 1, f"the name '{file.name}' is not written as {file.suffix} files are"
        if any(re.search(r"(?i)(^|[_-])(utils?|helpers?|misc)([_.-]|$)", part) for part in file.parts):
            yield path, 1, "a file or folder is named after what it does; 'utils' says nothing"


@rule("lengths", "90 % of the files under 400 lines, none over 800; tests and generated files aside")
def lengths(tree):
    limits = HOUSE["lengths"]
    counts = {}
    for path in tree.ending(".h", ".cc", ".py", ".ts", ".svelte", ".js", ".mjs", ".css", ".sql"):
        if not (is_test(path) or "generated/" in path or path.endswith((".d.ts", ".test.ts", ".spec.ts"))):
            counts[path] = tree.read(path).count("\n")
    for path, lines in counts.items():
        if lines > limits["most_lines"]:
            yield path, lines, f"{lines} lines; at most {limits['most_lines']}"
    long = sorted((p for p in counts if counts[p] >= limits["usual_lines"]), key=counts.get, reverse=True)
    if len(long) > limits["share_over_usual"] * len(counts):
        yield long[0], 1, (f"{len(long)} of {len(counts)} files have {limits['usual_lines']} lines or more: "
                           + ", ".join(long[:5]))
