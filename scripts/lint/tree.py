"""What every rule works on: the files of the project, the findings and the rule register."""

import dataclasses
import functools
import pathlib
import re
import subprocess
import tomllib

HOUSE = tomllib.loads((pathlib.Path(__file__).parent / "house.toml").read_text())
TEXT_SUFFIXES = {".h", ".cc", ".py", ".md", ".txt", ".cmake", ".toml", ".json", ".yaml", ".yml", ".ts",
                 ".js", ".mjs", ".svelte", ".css", ".html", ".sql", ".sh", ".R", ".csv", ""}


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


class Tree:
    """The files under a root that belong to the project: tracked, or new and not ignored."""

    def __init__(self, root, build=None):
        self.root = pathlib.Path(root).resolve()
        self.build = pathlib.Path(build).resolve() if build else None

    @functools.cached_property
    def paths(self):
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=self.root,
                                capture_output=True, text=True)
        if listed.returncode == 0:
            names = set(listed.stdout.splitlines())
        else:  # not a repository: a folder of the rules' own tests
            names = {str(path.relative_to(self.root)) for path in self.root.rglob("*")}
        return sorted(name for name in names if (self.root / name).is_file())

    def ending(self, *suffixes):
        return [path for path in self.paths if path.endswith(suffixes)]

    def texts(self):
        return [path for path in self.paths if pathlib.Path(path).suffix in TEXT_SUFFIXES]

    @functools.cache
    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @functools.cache
    def cpp(self, path):
        return Cpp(self.read(path))

    def exists(self, path):
        return (self.root / path).exists()

    def layer(self, path):
        """The layer a C++ file belongs to, or None for tests/, bench/ and the like."""
        parts = pathlib.PurePosixPath(path).parts
        if parts[0] == "src" and len(parts) > 2:
            return parts[1]
        return "sim" if parts[0] == "sim" else None

    def resolve_include(self, name):
        """The project's file behind #include "name", or None."""
        for candidate in (f"src/{name}", name):
            if "/" in name and self.exists(candidate):
                return candidate
        return None

    @functools.cache
    def closure(self, path):
        """The file and every file of the project that it includes, directly or not."""
        seen, waiting = set(), [path]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting += [file for _, name in self.cpp(current).includes
                            if (file := self.resolve_include(name))]
        return sorted(seen)


TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |R"(?P<mark>[^(\s"]*)\((?P<raw>.*?)\)(?P=mark)"
      |"(?P<text>(?:\\.|[^"\\\n])*)"
      |'(?:\\.|[^'\\\n])+'
      |(?P<number>(?<!\w)\d[\w.']*)""", re.DOTALL | re.VERBOSE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


class Cpp:
    """A C++ file, taken apart: code without comments and texts, comments, texts, includes."""

    def __init__(self, source):
        self.comments, self.texts = [], []
        self.includes = [(line_of(source, m.start()), m[1]) for m in INCLUDE.finditer(source) if m[1]]
        self.system_includes = [(line_of(source, m.start()), m[2])
                                for m in INCLUDE.finditer(source) if m[2]]

        def blank(match):
            line = line_of(source, match.start())
            if match["comment"] is not None:
                self.comments.append((line, match["comment"]))
            elif match["raw"] is not None:
                self.texts.append((line, match["raw"]))
            elif match["text"] is not None:
                self.texts.append((line, match["text"].replace('\\"', '"')))
            elif match["number"] is not None:
                return match[0]
            return re.sub(r"[^\n]", " ", match[0])

        self.code = TOKEN.sub(blank, source)
        self.lines = self.code.split("\n")


def line_of(source, offset):
    return source.count("\n", 0, offset) + 1


RULES = {}


def rule(name, demands):
    """Registers `check(tree)`, a generator of (path, line, message), under a name."""

    def register(check):
        RULES[name] = (demands, check)
        return check

    return register


def run_rule(name, tree):
    return [Finding(path, line, name, message) for path, line, message in RULES[name][1](tree)]
