"""Each rule on a good and a bad example: a rule that cannot fail is no rule."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

import rules_compile
import rules_cpp
import rules_docs  # noqa: F401
from tree import RULES, Tree, run_rule

MARKER = "TO" + "DO"
GOOD_HEADER = ("#pragma once\n\n#include \"base/result.h\"\n\nnamespace ripen {\n"
               "[[nodiscard]] Status Read();\n}  // namespace ripen\n")
README = "# R\n\n./dev demo and ./dev test\n"

# Rule -> (files that pass, files that do not). A file is {path: text}.
EXAMPLES = {
    "layers": [
        ({"src/cube/a.h": '#include "model/b.h"', "src/model/b.h": ""},
         {"src/stats/a.h": '#include "model/b.h"', "src/model/b.h": ""}),
        ({"src/cli/a.cc": '#include "sim/b.h"', "sim/b.h": ""},
         {"sim/a.cc": '#include "cube/b.h"', "src/cube/b.h": ""}),
        ({}, {"src/extras/a.cc": ""}),
    ],
    "adapters": [({"src/store/a.cc": "#include <duckdb.h>"}, {"src/engine/a.cc": "#include <duckdb.h>"})],
    "full-path": [({"src/base/a.h": "", "src/base/b.h": '#include "base/a.h"'},
                   {"src/base/a.h": "", "src/base/b.h": '#include "a.h"'})],
    "pragma-once": [({"src/base/a.h": "// What.\n#pragma once\n#include <map>\n"},
                     {"src/base/a.h": "#ifndef A_H\n#define A_H\n#endif\n"})],
    "sql": [
        ({"src/store/a.cc": 'auto s = "SELECT a FROM b";'}, {"src/engine/a.cc": 'auto s = "SELECT a FROM b";'}),
        ({"src/wording/a.cc": '// SELECT a FROM b\nauto s = "Select a day from the list";'},
         {"src/cli/a.cc": 'auto s = R"(\n  INSERT INTO t VALUES (1))";'}),
    ],
    "json": [
        ({"src/json/finding_json.cc": 'auto s = "{\\"a\\":1}";'}, {"src/cli/a.cc": 'auto s = "{\\"a\\":1}";'}),
        ({"src/store/event_json.h": "#include <simdjson.h>"}, {"src/store/event.h": "#include <simdjson.h>"}),
    ],
    "forbidden": [
        ({"src/base/a.cc": "// std::views is not for us\nint a = 86'400;"},
         {"src/base/a.cc": "auto a = b | std::views::filter(c);"}),
        ({"src/base/a.cc": 'auto a = "std::source_location";'},
         {"src/base/a.cc": "void F(std::source_location here);"}),
        ({}, {"tests/integration/a.cc": "std::this_thread::sleep_for(1s);"}),
    ],
    "nodiscard": [
        ({"src/base/a.h": GOOD_HEADER}, {"src/base/a.h": "Status Read();\n"}),
        ({"src/base/a.h": "  [[nodiscard]]\n  static Result<int> Read();\n"},
         {"src/base/a.h": "  virtual Result<std::vector<int>> Read() = 0;\n"}),
        ({"src/base/a.h": "  Status status_;\n"}, {"src/base/a.h": "  static ripen::Result<int> Read(\n      int a);\n"}),
    ],
    "todo": [({"src/base/a.cc": f"// {MARKER}(needs DuckDB 1.5): drop this"}, {"src/base/a.cc": f"// {MARKER}: drop this"})],
    "names": [
        ({"src/base/day_type.h": "", "web/src/lib/api-types.ts": "", "web/src/Card.svelte": ""},
         {"src/base/DayType.h": ""}),
        ({}, {"web/src/lib/apiTypes.ts": ""}),
        ({}, {"src/base/string_utils.h": ""}),
    ],
    "lengths": [
        ({"src/base/a.cc": "\n" * 399, "src/base/a_test.cc": "\n" * 900}, {"src/base/a.cc": "\n" * 801}),
        ({}, {"src/base/a.cc": "\n" * 500, "src/base/b.cc": "\n"}),
    ],
    "links": [
        ({"README.md": "[a](docs/a.md#the-end) `[x](nowhere)`", "docs/a.md": "# A\n## The end\n"},
         {"README.md": "[a](docs/b.md)"}),
        ({}, {"README.md": "[a](docs/a.md#start)", "docs/a.md": "## The end\n"}),
    ],
    "readme": [({"README.md": README}, {"README.md": README + "\n" * 200}), ({}, {"README.md": "./dev demo"})],
    "module-readme": [
        ({"src/base/a.h": "", "src/base/README.md": "# base\n"}, {"src/base/a.h": ""}),
        ({}, {"sim/a.h": "", "sim/README.md": "\n" * 60}),
    ],
    "decisions": [
        ({"docs/decisions/0001-a.md": "# A\n\n2026-11-24\n"}, {"docs/decisions/0001-a.md": "# A\n"}),
        ({}, {"docs/decisions/0001-a.md": "2026-11-24", "docs/decisions/0001-b.md": "2026-11-24"}),
        ({}, {"docs/decisions/a.md": "2026-11-24"}),
    ],
    "hosts": [
        ({"a.md": "https://doi.org/10.1000/1 and http://127.0.0.1:8484/"}, {"a.md": "see https://mirror.of-somebody.net/x"}),
        ({"web/package-lock.json": '"url": "https://somebody.net"'},
         {"web/package-lock.json": '"resolved": "https://example.org/a.tgz"'}),
    ],
    "words": [
        ({"a.md": "A shopping session is an attribute like any other; src/work/a"}, {"a.md": "the folder /root/x"}),
        ({}, {"a.md": "as done in the last session"}),
    ],
    "config-page": [
        ({"src/cli/config_keys.cc": '{"report", "language", "en", "words"}, {"", "seed", "1", "draws"}, {"days", "day", "", "it"}',
          "docs/format/configuration.md": "| `seed` | 1 |\n## `[report]`\n| `language` | en |\n## `[[days]]`\n| `day` | |\n"},
         {"src/cli/config_keys.cc": '{"report", "language", "en", "words"}',
          "docs/format/configuration.md": "## `[source]`\n| `language` | en |\n"}),
    ],
    "scripts": [
        ({"dev": "#!/usr/bin/env bash\necho a\n"}, {"dev": "#!/usr/bin/env bash\nif true; then\n"}),
        ({"a.py": "a = 1\n"}, {"a.py": "a = (1\n"}),
    ],
    "format": [({"src/base/a.cc": "int a = 1;\n"}, {"src/base/a.cc": "int   a=1 ;\n"})],
    "self-contained": [({"src/base/a.h": "#pragma once\n#include <vector>\nstd::vector<int> A();\n"},
                        {"src/base/a.h": "#pragma once\nstd::vector<int> A();\n"})],
}


def plant(files):
    root = pathlib.Path(tempfile.mkdtemp(prefix="ripen-lint-"))
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


class RulesTest(unittest.TestCase):
    def findings(self, name, files):
        root = plant(files)
        try:
            return run_rule(name, Tree(root))
        finally:
            shutil.rmtree(root)

    def test_every_rule_has_examples(self):
        self.assertEqual(set(RULES) - {"clang-tidy"}, set(EXAMPLES))

    def test_good_examples_pass_and_bad_ones_fail(self):
        for name, pairs in EXAMPLES.items():
            for good, bad in pairs:
                with self.subTest(rule=name, example=list(bad)):
                    if good:
                        self.assertEqual([], self.findings(name, good))
                    self.assertNotEqual([], self.findings(name, bad))

    def test_fix_adds_the_missing_nodiscard(self):
        root = plant({"src/base/a.h": "#pragma once\nclass A {\n  static Result<int> Read();\n};\n"})
        try:
            self.assertEqual(["src/base/a.h"], rules_cpp.fix_nodiscard(Tree(root)))
            self.assertIn("\n  [[nodiscard]] static Result<int> Read();\n", (root / "src/base/a.h").read_text())
            self.assertEqual([], run_rule("nodiscard", Tree(root)))
        finally:
            shutil.rmtree(root)

    def test_clang_tidy_reads_changed_files_and_complains_about_a_name(self):
        config = (pathlib.Path(__file__).parent.parent.parent / ".clang-tidy").read_text()
        root = plant({"src/base/a.cc": "class bad_name {};\n", ".clang-tidy": config})
        (root / "build/dev").mkdir(parents=True)
        (root / "build/dev/compile_commands.json").write_text(
            f'[{{"directory":"{root}","file":"{root}/src/base/a.cc","command":"g++ -std=c++20 -c src/base/a.cc"}}]')
        bound, rules_compile.Settings.tidy_seconds = rules_compile.Settings.tidy_seconds, 60
        try:
            findings = run_rule("clang-tidy", Tree(root, root / "build/dev"))
            self.assertTrue(any("bad_name" in finding.message for finding in findings), findings)
            (root / "src/base/a.cc").write_text("class GoodName {};\n")
            self.assertEqual([], run_rule("clang-tidy", Tree(root, root / "build/dev")))
        finally:
            rules_compile.Settings.tidy_seconds = bound
            shutil.rmtree(root)

    def test_a_repository_lists_tracked_and_new_files_but_not_ignored_ones(self):
        root = plant({"a.md": "", "b.md": "", ".gitignore": "b.md\n"})
        try:
            subprocess.run(["git", "init", "-q", str(root)], check=True)
            self.assertEqual([".gitignore", "a.md"], Tree(root).paths)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    unittest.main()
