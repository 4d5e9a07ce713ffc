"""Asks the running server everything and tries to learn something about groups under `smallest_group`.

The attacker knows which values and pairs of values occur at all, keeps every answer, and may ask for any day as
`as_of`. What is asked follows from api/openapi.yaml, so that a new read is attacked as soon as it is in the contract;
one with a parameter that cannot be filled here, or that never answers, fails the test.
Each answer is searched for
  1. a figure beside the name of a group that is too small, or that name where it was not asked for,
  2. counts of groups from which the counts of one too small can be worked out exactly: totals less siblings, values
     less pairs, and any other sum and difference: a group is worked out when its indicator over the cells of all
     attributes lies in the span of those that were shown (exact fractions). Values also from the totals and values of
     two days together, and in the days before some other value began,
  3. what is left over of a line (the total less the values shown, a value less its pairs) being too few customers.
The text and JSON of `ripen check` and the report of `ripen report` are searched as well.
Who is small is counted here from the rows, not asked. docs/operate/privacy.md says what is held back and what is not.

RIPEN_TEST_WORLDS says how many random worlds. Seeds are fixed: nothing here fails by chance.
"""

import collections
import csv
import fractions
import functools
import http.client
import io
import itertools
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import unittest
import urllib.parse

import yaml

import conformance_test
import report_test
from program import PROGRAM, ProgramTest, ripen

CONTRACT = pathlib.Path(__file__).parents[2] / "api" / "openapi.yaml"
SMALLEST = 5
ATTRIBUTES = ("age_group", "brand", "device")
OF_ITEMS = ("brand",)
CONFIG = """[segments]
customer = ["age_group"]
item = ["brand"]
context = ["device"]
fallback = [{fallback}]
[privacy]
smallest_group = {smallest}
"""
FIRST = 1  # of November 2026
# Reads without figures of groups, or without an end.
NOT_ASKED = ("/api/v1/stream", "/healthz", "/readyz")
# What is said of a stage or was asked for, whatever the group.
NOT_OF_A_GROUP = ("window_days", "lateness_days", "confirmed_share", "interval", "seed", "k")
# Without an end or an answer of its own yet: agreed with the dashboard, attacked as soon as it answers.
MAY_BE_SILENT = getattr(conformance_test, "COMING", set())
# Names of values may be listed here, figures of hidden ones not.
NAMES_LISTED = ("/api/v1/segments",)


def day_name(day):
    return f"2026-11-{day:02d}"


def missing(value):
    return value or None


class World:
    """Rows of a few days; values that few customers have, pairs that few have, values that begin later."""

    def __init__(self, seed, with_customers=True):
        draw = random.Random(seed)
        self.days = range(FIRST, FIRST + draw.choice((4, 6, 6, 17)))
        self.with_customers = with_customers
        ages = [f"age-{name}-{seed}" for name in "abcd"[:draw.choice((3, 4))]] + [""]
        brands = [f"brand-{name}-{seed}" for name in "abcde"[:draw.choice((3, 5))]]
        devices = [f"device-{name}-{seed}" for name in "abc"[:draw.choice((2, 3))]] + [""]
        # Some begin later than the others, and some are rare.
        born = {value: draw.choice((0, 0, 0, 0, 2)) for value in ages[1:] + brands[1:] + devices[1:]}
        weight = {value: draw.choice((1, 1, 1, .05)) for value in ages + brands + devices}
        for first in (ages[0], brands[0], devices[0]):
            weight[first] = 1
        customers = [(f"c{number}", draw.choices(ages, [weight[age] for age in ages])[0]) for number in range(40)]
        self.rows = []
        for day in self.days:
            old = [value for value in brands if born.get(value, 0) <= day - FIRST]
            seen = [value for value in devices if born.get(value, 0) <= day - FIRST]
            for turn in range(draw.randrange(15, 30)):
                customer, age = draw.choice(customers)
                if born.get(age, 0) > day - FIRST:
                    continue
                device = draw.choices(seen, [weight[value] for value in seen])[0]
                # Somebody who comes often: many recommendations, one customer.
                for again in range(12 if draw.random() < .03 else 1):
                    for position in range(1, draw.choice((2, 3, 4))):
                        brand = draw.choices(old, [weight[value] for value in old])[0]
                        self.rows.append({"day": day, "customer": customer, "age_group": missing(age), "brand": missing(brand),
                                          "device": missing(device), "clicked": draw.random() < .3, "position": position,
                                          "list_id": f"l{day}-{turn}-{again}", "item_id": f"i{draw.randrange(30)}",
                                          "score": round(draw.random(), 3)})

        # What the model made none for is one of the devices, perhaps a small one.
        self.fallback = (("device", draw.choice(devices[:-1])),)

    def config(self):
        return CONFIG.format(smallest=SMALLEST, fallback=", ".join(json.dumps(f"{name}={value}") for name, value in self.fallback))

    def csv(self):
        out = io.StringIO()
        names = ["recommendation_id", "recommended_at", *(["customer_id"] if self.with_customers else []), *ATTRIBUTES, "clicked_at",
                 "list_id", "item_id", "position", "score"]
        table = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        for number, row in enumerate(self.rows):
            shown = day_name(row["day"])
            table.writerow({**row, "recommendation_id": f"r{number}", "recommended_at": f"{shown}T09:00:00Z", "customer_id": row["customer"],
                            **{name: row[name] or "" for name in ATTRIBUTES},
                            "clicked_at": f"{shown}T10:00:00Z" if row["clicked"] else ""})
        return out.getvalue()

    def groups(self):
        """Every value and every pair that occurs, as sorted tuples of (attribute, value)."""
        found = {()}
        for row in self.rows:
            for count in (1, 2):
                for names in itertools.combinations(ATTRIBUTES, count):
                    found.add(tuple((name, row[name]) for name in names))
        return sorted(found, key=repr)

    def members(self, groups, as_of):
        """How many are in any of the groups, as known on a day: customers, else recommendations."""
        of_any = [row for row in self.rows if row["day"] <= as_of
                  and any(all(row[name] == value for name, value in group) for group in groups)]
        return len({row["customer"] for row in of_any}) if self.with_customers else len(of_any)

    def small(self, group, as_of):
        return 0 < self.members([group], as_of) < SMALLEST

    def cells(self, day):
        """Combinations of all attributes whose values and pairs occur by a day: the attacker knows no more of them."""
        rows = [row for row in self.rows if row["day"] <= day]
        pairs = {tuple((name, row[name]) for name in names) for row in rows for names in itertools.combinations(ATTRIBUTES, 2)}
        values = [sorted({row[name] for row in rows}, key=repr) for name in ATTRIBUTES]
        cells = [tuple(zip(ATTRIBUTES, chosen)) for chosen in itertools.product(*values)]
        return [cell for cell in cells if all(pair in pairs for pair in itertools.combinations(cell, 2))]


class Span:
    """The vectors that can be made of some given ones; exact."""

    def __init__(self):
        self.rows = {}  # by pivot

    def rest(self, vector):
        rest = {at: fractions.Fraction(entry) for at, entry in enumerate(vector) if entry}
        while rest:
            pivot = min(rest)
            row = self.rows.get(pivot)
            if row is None:
                # Later pivots may still be taken off, but this one stays.
                return rest
            factor = rest[pivot]
            for at, entry in row.items():
                left = rest.get(at, 0) - factor * entry
                if left:
                    rest[at] = left
                else:
                    rest.pop(at, None)
        return rest

    def add(self, vector):
        rest = self.rest(vector)
        if rest:
            pivot = min(rest)
            scale = rest[pivot]
            self.rows[pivot] = {at: entry / scale for at, entry in rest.items()}

    def holds(self, vector):
        return not self.rest(vector)


def numbers_in(node, asked):
    """The figures of an object that are not zero, at any depth, but for those of groups named in it."""
    found = {}
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, (dict, list)):
            if not (isinstance(value, dict) and "slice" in value):
                found.update({f"{key}.{inner}": number for inner, number in numbers_in(value, asked).items()})
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and value:
            if key not in NOT_OF_A_GROUP and key not in asked:
                found[key] = value
    return found


class Attacker:
    """Asks one server and keeps what it says."""

    def __init__(self, test, port, world, contract):
        self.test, self.port, self.world, self.contract = test, port, world, contract
        self.shown = collections.defaultdict(set)  # by as_of: the groups whose counts were given
        self.asked = 0
        self.answered = set()  # paths
        self.small_now = {}
        self.holes = set()  # sentences

    def ask(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", target)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.asked += 1
        self.test.assertLess(answer.status, 500, f"{target}: {body!r}")
        if answer.status != 200:
            return None
        self.answered.add(target.partition("?")[0])
        return json.loads(body)

    def choices(self, name, schema):
        """What a parameter of the contract may be asked with."""
        schema = self.resolve(schema)
        if "enum" in schema:
            return schema["enum"]
        days = [day_name(day) for day in self.world.days]
        if name == "stage":
            return ["click"]
        if name == "attribute" or name.endswith("attribute"):
            return list(ATTRIBUTES)
        if name == "customer":
            return [each for each in ATTRIBUTES if each not in OF_ITEMS]
        if name == "item":
            return list(OF_ITEMS)
        if name in ("slice", "against_slice", "item_slice", "group"):
            return [json.dumps(dict(group)) for group in self.world.groups()]
        if schema.get("format") == "date":
            return days
        if schema.get("type") == "integer":
            return [schema.get("default", schema.get("minimum", 1))]
        if schema.get("type") == "boolean":
            return ["true", "false"]
        self.test.fail(f"The contract has a parameter '{name}' that this test cannot fill: teach it to.")
        return []

    def resolve(self, schema):
        while "$ref" in schema:
            schema = self.contract["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def parameters(self, operation):
        required, optional = {}, {}
        for parameter in operation.get("parameters", []):
            if "$ref" in parameter:
                parameter = self.contract["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
            if parameter["in"] != "query" or parameter["name"] == "as_of":
                continue
            schema = parameter.get("schema") or parameter["content"]["application/json"]["schema"]
            # A slice is asked for as JSON.
            into = required if parameter.get("required") else optional
            into[parameter["name"]] = self.choices(parameter["name"], schema)
        return required, optional

    def queries(self, operation):
        """The required ones in every way, each with nothing, with one and with two of the others."""
        required, optional = self.parameters(operation)
        spans = {name: values for name, values in optional.items() if name.endswith(("from", "to"))}
        others = {name: values for name, values in optional.items() if name not in spans}
        for needed in itertools.product(*required.values()):
            base = dict(zip(required, needed))
            yield base
            for count in (1, 2):
                for names in itertools.combinations(others, count):
                    for values in itertools.product(*(others[name] for name in names)):
                        yield {**base, **dict(zip(names, values))}
            if spans:
                first, last = day_name(self.world.days[1]), day_name(self.world.days[2])
                span = {"from": first, "to": last, "before_from": day_name(FIRST), "before_to": day_name(FIRST)}
                yield {**base, **{name: span[name] for name in spans}}
                for name in others:
                    for value in others[name]:
                        yield {**base, name: value, **{each: span[each] for each in spans}}

    def ask_everything(self, as_of):
        self.small_now[as_of] = {group for group in self.world.groups() if self.world.small(group, as_of)}
        for path, operations in self.contract["paths"].items():
            if "get" not in operations or path in NOT_ASKED or "{" in path:
                continue
            for query in self.queries(operations["get"]):
                target = f"{path}?{urllib.parse.urlencode({**query, 'as_of': day_name(as_of)})}"
                if path == "/api/v1/judgements":
                    target = path
                answer = self.ask(target)
                if answer is not None:
                    self.read(answer, as_of, target, path, {name: str(value) for name, value in query.items()})
            if path not in self.answered and path not in MAY_BE_SILENT:
                self.test.fail(f"{path} answers nothing that this test asks: teach it what to ask.")

    def read_exports(self, files, as_of, pages):
        """What is printed or written for others to read."""
        ask = (*files, "--as-of", day_name(as_of))
        as_json = ripen("check", *ask, "--format", "json")
        self.test.assertIn(as_json.code, (0, 1), as_json.err)
        self.read(as_json.report, as_of, "ripen check --format json", "check", {})
        for language in ("en", "de"):
            text = ripen("check", *ask, "--lang", language)
            self.test.assertIn(text.code, (0, 1), text.err)
            self.read_text(text.out.splitlines(), as_of, f"ripen check --lang {language}")
        if pages and report_test.CHROMIUM:
            page = self.test.folder / "report.html"
            made = ripen("report", *ask, "--out", page)
            self.test.assertEqual(made.code, 0, made.err)
            # By row, paragraph, entry: what is said together. Names alone are listed where it is said what is not shown.
            blocks = re.split(r"<(?:tr|li|p|option|div|section|article|text|label|h[1-6]|d[td])\b", page.read_text(encoding="utf-8"))
            self.read_text([re.sub(r"[^<]*>|<[^>]*>", " ", block) for block in blocks], as_of, "ripen report", names_listed=True)

    def read_text(self, lines, as_of, source, names_listed=False):
        """Names of small groups: of values anywhere, or beside a figure; of pairs beside a figure."""
        known = sorted({value for group in self.world.groups() for _, value in group if value}, key=len)
        for line in lines:
            for group in self.small_now[as_of]:
                names = [value for _, value in group if value]
                if len(names) < max(1, len(group)) or not all(name in line for name in names):
                    continue
                rest = functools.reduce(lambda text, name: text.replace(name, ""), known, line)
                if (len(group) == 1 and not names_listed) or re.search(r"\d", rest):
                    self.holes.add(f"{source} names {group}: {line!r}")

    def read(self, node, as_of, target, path, asked, around=None):
        """Every object of an answer: names and figures. `around`: what the objects around it say of groups."""
        around = around or {"within": {}}
        if isinstance(node, list):
            for each in node:
                self.read(each, as_of, target, path, asked, around)
        elif isinstance(node, dict):
            around = {**around, **{key: node[key] for key in ("attribute", "item", "new_collection", "old_collection")
                                   if isinstance(node.get(key), str)}}
            for group in self.groups_of(node, around):
                self.read_group(node, group, as_of, target, asked)
            if "value" in node and around.get("attribute") in ATTRIBUTES and around["attribute"] not in around["within"]:
                around["within"] = {**around["within"], around["attribute"]: node["value"]}
            for each in node.values():
                self.read(each, as_of, target, path, asked, around)
        elif isinstance(node, str) and path not in NAMES_LISTED:
            for group in self.small_now[as_of]:
                if len(group) == 1 and group[0][1] and group[0][1] in node and not any(group[0][1] in word for word in asked.values()):
                    self.holes.add(f"{target} names {group}: {node!r}")

    def groups_of(self, node, around):
        """The groups whose figures an object holds, in every way in which the contract names one."""
        for key in ("slice", "item_slice", "against", "arm", "customer"):
            named = node.get(key)
            if not isinstance(named, dict) or not all(name in ATTRIBUTES for name in named):
                continue
            if key == "customer":
                # The value of the item's attribute that is named around it.
                named = {**named, around["item"]: node["item"]}
            yield {**around["within"], **named}
            for collection in ("new_collection", "old_collection"):
                if collection in around and not set(named) & set(OF_ITEMS):
                    yield {**named, OF_ITEMS[0]: around[collection]}
        value = node.get("value", 0)
        if around.get("attribute") in ATTRIBUTES and (isinstance(value, str) or value is None and "low" not in node):
            yield {around["attribute"]: value}
            if around["within"]:
                yield {**around["within"], around["attribute"]: value}
        if node.get("code") == "fallback_share":
            yield dict(self.world.fallback)

    def read_group(self, node, slice_, as_of, target, asked):
        if not all(name in ATTRIBUTES for name in slice_):
            return
        group = tuple((name, slice_[name]) for name in ATTRIBUTES if name in slice_)
        figures = numbers_in(node, asked)
        if not figures:
            return
        if len(group) > 2:
            if self.world.small(group, as_of):
                self.holes.add(f"{target} shows {group} with {figures}")
            return
        if group in self.small_now[as_of]:
            self.holes.add(f"{target} shows {group} with {figures}")
        # Taken for a count that adds up over groups, whatever it is.
        self.shown[as_of].add(group)

    def follow(self, shown, wanted, day):
        """Which of the wanted groups' counts of days up to one follow from those of the groups shown."""
        cells = self.world.cells(day)

        def indicator(group):
            return [int(set(group) <= set(cell)) for cell in cells]
        span = Span()
        for group in shown:
            span.add(indicator(group))
        return [group for group in sorted(wanted, key=repr) if any(indicator(group)) and span.holds(indicator(group))]

    def work_out(self, as_of):
        """From the answers of one day."""
        return self.follow(self.shown[as_of], self.small_now[as_of], as_of)

    def work_out_values(self):
        """From the totals and values of both days: values still small at the end, in the days up to any day."""
        last = max(self.shown)
        small = {group for group in self.small_now[last] if len(group) == 1}
        shown = {group for of_day in self.shown.values() for group in of_day if len(group) < 2}
        return [(day, found) for day in self.world.days[:-1] if (found := self.follow(shown, small, day))]

    def left_over(self, as_of):
        """Lines of which too few customers are left when what is shown is taken away."""
        shown, found = self.shown[as_of], []
        groups = [group for group in self.world.groups() if self.world.members([group], as_of)]
        for whole in [group for group in groups if len(group) < 2 and group in shown]:
            for name in ATTRIBUTES:
                if name in dict(whole):
                    continue
                parts = [group for group in groups if len(group) == len(whole) + 1 and set(whole) < set(group) and name in dict(group)]
                hidden = [group for group in parts if group not in shown]
                if hidden and len(hidden) < len(parts) and self.world.members(hidden, as_of) < SMALLEST:
                    found.append((whole, name, hidden))
        return found


class PrivacyTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))

    def serve(self, world, name):
        folder = self.folder / name
        folder.mkdir()
        (folder / "rows.csv").write_text(world.csv(), encoding="utf-8")
        (folder / "ripen.toml").write_text(world.config(), encoding="utf-8")
        arguments = ("--store", folder / "store.duckdb", "--config", folder / "ripen.toml")
        loaded = ripen("ingest", folder / "rows.csv", *arguments)
        self.assertEqual(loaded.code, 0, loaded.err)
        server = subprocess.Popen([PROGRAM, "serve", *map(str, arguments), "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def stop():
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(timeout=30), 0)
            server.stdout.close()
            server.stderr.close()
        self.addCleanup(stop)
        sentence = server.stdout.readline()
        self.assertIn("http://127.0.0.1:", sentence, server.poll())
        return urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port

    def attack(self, world, name):
        """Asks for two days that follow each other and the last one; returns what was asked and learned."""
        attacker = Attacker(self, self.serve(world, name), world, self.contract)
        last = world.days[-1]
        for as_of in (last - 1, last):
            attacker.ask_everything(as_of)
            attacker.read_exports((self.folder / name / "rows.csv", "--config", self.folder / name / "ripen.toml"), as_of,
                                  pages=as_of == last and world.with_customers)
        self.assertEqual(attacker.holes, set())
        for as_of in (last - 1, last):
            self.assertEqual(attacker.left_over(as_of), [], f"left over as of {as_of}")
            self.assertEqual(attacker.work_out(as_of), [], f"worked out as of {as_of}")
        self.assertEqual(attacker.work_out_values(), [], "worked out from both days")
        return attacker

    def test_random_worlds(self):
        hidden = shown = asked = 0
        for seed in range(int(os.environ.get("RIPEN_TEST_WORLDS", "3"))):
            for with_customers in (True, False):
                with self.subTest(seed=seed, with_customers=with_customers):
                    attacker = self.attack(World(seed, with_customers), f"{seed}-{with_customers}")
                    hidden += sum(map(len, attacker.small_now.values()))
                    shown += sum(map(len, attacker.shown.values()))
                    asked += attacker.asked
        print(f"{asked} questions, {shown} groups shown, {hidden} small ones kept")
        self.assertGreater(hidden, 0)
        self.assertGreater(shown, 0)


if __name__ == "__main__":
    unittest.main()
