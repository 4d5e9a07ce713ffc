"""Real data month by month: what was said at each month's end, beside what came out.

    month_ends.py PROGRAM CONFIG FILE... --stage return --last 2011-06-30 [--attribute country]

Loads the files into a store, asks a server for the figure of every month as of that month's end and
of the two ends after it, and compares with what is known at the end of the data. One line for each
figure, then the totals: how many ranges held, and the mean of (said - truth) / truth.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request


def month_end(day):
    following = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return following - datetime.timedelta(days=1)


class Server:
    def __init__(self, program, store, config):
        self.process = subprocess.Popen(
            [program, "serve", "--store", store, "--config", config, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "http://" in line:
                self.address = "http://" + line.split("http://")[1].split()[0].rstrip("/.")
                break

    def get(self, path, **query):
        with urllib.request.urlopen(f"{self.address}{path}?{urllib.parse.urlencode(query)}"
                                    if query else f"{self.address}{path}") as answer:
            return json.loads(answer.read())


def figure(server, stage, slice_, start, end, as_of):
    answer = server.get("/api/v1/metrics", stage=stage, slice=json.dumps(slice_), by="span",
                        **{"from": start, "to": end, "as_of": as_of})
    return answer["series"][0]["points"][0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--stage", required=True)
    parser.add_argument("--last", required=True, type=datetime.date.fromisoformat)
    parser.add_argument("--attribute")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder) / "real.duckdb"
        subprocess.run([options.program, "ingest", *options.files, "--store", store, "--config",
                        options.config], check=True, capture_output=True)
        server = Server(options.program, store, options.config)
        try:
            report(server, options)
        finally:
            server.process.terminate()
            server.process.wait()


def report(server, options):
    summary = server.get("/api/v1/input")["input"]
    first = datetime.date.fromisoformat(summary["first_day"])
    groups = [{}]
    if options.attribute:
        for segment in server.get("/api/v1/segments")["attributes"]:
            if segment["name"] == options.attribute:
                groups += [{options.attribute: value["value"]} for value in segment["values"]
                           if not value["hidden"]]
    totals = {}
    print("| shown in | as of | group | said | range | so far | in the end | held |")
    print("|---|---|---|---:|---|---:|---:|---|")
    start = first
    while start <= options.last:
        end = min(month_end(start), options.last)
        for group in groups:
            truth = figure(server, options.stage, group, start, end, options.last)
            ends = [end]
            while len(ends) < 3:
                ends.append(month_end(ends[-1] + datetime.timedelta(days=1)))
            for as_of in ends:
                if as_of >= options.last:
                    continue
                try:
                    said = figure(server, options.stage, group, start, end, as_of)
                except urllib.error.HTTPError:  # nobody of the group was known then
                    continue
                line(group, start, as_of, said, truth, totals, (as_of - end).days)
        start = end + datetime.timedelta(days=1)
    for (kind, age), scores in sorted(totals.items()):
        held = sum(score[0] for score in scores)
        bias = sum(score[1] for score in scores) / len(scores)
        print(f"{kind}, {age}: {held} of {len(scores)} ranges held, mean error {bias:+.1%}")


def line(group, start, as_of, said, truth, totals, age):
    name = next(iter(group.values()), "all")
    if said["maturity"] == "confirmed":
        return
    if truth["maturity"] != "confirmed":
        return
    final = truth["rate"]
    so_far = said["events_so_far"] / said["trials"] if said["trials"] else 0
    if said["maturity"] == "pending":
        if not group:
            print(f"| {start:%b %Y} | {as_of} | {name} | - | {said['reason']} | {so_far:.2%} | "
                  f"{final:.2%} | - |")
        return
    held = said["low"] <= final <= said["high"]
    if not group:
        print(f"| {start:%b %Y} | {as_of} | {name} | {said['rate']:.2%} | {said['low']:.2%}-"
              f"{said['high']:.2%} | {so_far:.2%} | {final:.2%} | {'yes' if held else 'no'} |")
    if final > 0:
        kind = "groups" if group else "all"
        totals.setdefault((kind, "at the month's end" if age == 0 else "later"), []).append(
            (held, said["rate"] / final - 1))


if __name__ == "__main__":
    main()
