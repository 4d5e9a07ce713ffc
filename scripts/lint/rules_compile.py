"""Rules that need a compiler. What passed once is remembered by the hash of all it depends on."""

import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import time

from tree import rule

CPP = (".h", ".cc")


class Settings:
    """Set by the command line."""

    jobs = 2
    tidy_seconds = 300
    tidy_all = False  # every file, not only what changed
    notes = []  # sentences to print at the end


def own_files(tree):
    return [path for path in tree.ending(*CPP)
            if not path.startswith("tests/compile_fail/") and "generated/" not in path]


class Cache:
    """Remembers what passed, as empty files named by hash under build/lint-cache."""

    def __init__(self, tree, salt):
        self.tree, self.salt = tree, salt
        self.folder = (tree.build.parent if tree.build else tree.root / "build") / "lint-cache"

    def key(self, path):
        digest = hashlib.sha256(self.salt.encode())
        for file in self.tree.closure(path):
            digest.update(file.encode() + b"\0" + self.tree.read(file).encode() + b"\0")
        return self.folder / digest.hexdigest()

    def passed(self, path):
        return self.key(path).exists()

    def remember(self, path):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key(path).touch()


@rule("format", "C++ files are as clang-format 14 writes them (./dev fmt)")
def clang_format(tree):
    files = own_files(tree)
    if not files:
        return
    run = subprocess.run(["clang-format-14", "--dry-run", "--Werror", *files], cwd=tree.root,
                         capture_output=True, text=True)
    seen = set()
    for line in run.stderr.splitlines():
        path, _, rest = line.partition(":")
        if path in files and path not in seen:
            seen.add(path)
            yield path, int(rest.split(":")[0]), "not formatted; ./dev fmt does it"
    if run.returncode and not seen:
        yield files[0], 1, f"clang-format: {run.stderr.strip()[:200]}"


def include_flags(tree):
    """-I and -isystem of all compile commands; for a bare tree only src/ and the root."""
    flags = [f"-I{tree.root}/src", f"-I{tree.root}"]
    commands = tree.build / "compile_commands.json" if tree.build else None
    if commands and commands.exists():
        for entry in json.loads(commands.read_text()):
            words = shlex.split(entry["command"])
            for index, word in enumerate(words):
                pair = [word, words[index + 1]] if word in ("-isystem", "-I") else [word]
                if word.startswith(("-I", "-isystem")) and pair[-1] not in flags:
                    flags += pair
    return flags


@rule("self-contained", "each header compiles alone")
def self_contained(tree):
    headers = [path for path in own_files(tree) if path.endswith(".h")]
    flags = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", *include_flags(tree)]
    cache = Cache(tree, "header " + " ".join(flags))

    def compile_alone(path):
        run = subprocess.run(["g++", *flags, "-x", "c++", "-"], input=f'#include "{tree.root}/{path}"\n',
                             capture_output=True, text=True, cwd=tree.root)
        errors = [line for line in run.stderr.splitlines() if "error" in line or "warning" in line]
        return path, run.returncode == 0 and not errors, errors[0] if errors else run.stderr[:200]

    with concurrent.futures.ThreadPoolExecutor(Settings.jobs) as pool:
        waiting = [path for path in headers if not cache.passed(path)]
        for path, good, message in pool.map(compile_alone, waiting):
            if good:
                cache.remember(path)
            else:
                yield path, 1, f"does not compile alone: {message}"


def git(tree, *words):
    run = subprocess.run(["git", *words], cwd=tree.root, capture_output=True, text=True)
    return run.stdout.strip() if run.returncode == 0 else ""


def changed_sources(tree):
    """What differs from the last tag, else from where the branch left main, else from the commit
    before; everything in the first commit. `--all` reads every file.
    Newest first, so that a bound in time leaves out the oldest."""
    sources = [path for path in own_files(tree) if path.endswith(".cc")]
    base = "" if Settings.tidy_all else git(tree, "describe", "--tags", "--abbrev=0")
    if not base and not Settings.tidy_all:
        bases = (git(tree, "merge-base", "HEAD", name) for name in ("origin/main", "main"))
        head = git(tree, "rev-parse", "HEAD")
        base = next((b for b in bases if b and b != head), "")
        base = base or git(tree, "rev-parse", "--verify", "--quiet", "HEAD~1")
    if not base and not Settings.tidy_all and \
            git(tree, "rev-parse", "--is-shallow-repository") == "true":
        return []  # the earlier state was not fetched
    if base:
        changed = set(git(tree, "diff", "--name-only", base).splitlines())
        changed |= set(git(tree, "ls-files", "-o", "--exclude-standard").splitlines())
        sources = [path for path in sources if changed & set(tree.closure(path))]
    return sorted(sources, key=lambda path: -os.path.getmtime(tree.root / path))


@rule("clang-tidy", "clang-tidy 14 on what changed since the last tag")
def clang_tidy(tree):
    commands = tree.build / "compile_commands.json" if tree.build else None
    if not commands or not commands.exists():
        return
    known = {os.path.relpath(entry["file"], tree.root): entry["command"]
             for entry in json.loads(commands.read_text())}
    config = tree.read(".clang-tidy") if tree.exists(".clang-tidy") else ""
    sources = [path for path in changed_sources(tree) if path in known]
    cache = Cache(tree, "tidy " + config)
    waiting = [path for path in sources if not cache.passed(path)]
    end = time.monotonic() + Settings.tidy_seconds

    def tidy(path):
        if time.monotonic() > end:
            return path, None, ""
        run = subprocess.run(["clang-tidy-14", "--quiet", "-p", str(tree.build), path], cwd=tree.root,
                             capture_output=True, text=True)
        lines = [line for line in run.stdout.splitlines() if " error: " in line or " warning: " in line]
        return path, run.returncode == 0, "\n".join(lines) or run.stderr[-300:]

    left = []
    with concurrent.futures.ThreadPoolExecutor(Settings.jobs) as pool:
        for path, good, messages in pool.map(tidy, waiting):
            if good is None:
                left.append(path)
            elif good:
                cache.remember(path)
            else:
                for message in messages.splitlines():
                    yield path, 1, message.replace(f"{tree.root}/", "")
    note = f"clang-tidy read {len(waiting) - len(left)} files, {len(sources) - len(waiting)} had passed before"
    if left:
        note += f"; {len(left)} were left out after {Settings.tidy_seconds} s, the oldest ones"
    Settings.notes.append(note)
