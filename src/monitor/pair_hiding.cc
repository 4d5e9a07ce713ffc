#include "monitor/pair_hiding.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ripen::monitor {
namespace {

class Hider {
 public:
  Hider(const PairTable& table, double smallest_group)
      : table_(table), smallest_(smallest_group), rank_(table.members.size()) {
    for (std::size_t at = 0; at < table.order.size(); ++at) rank_[table.order[at]] = at;
    for (std::size_t pair = 0; pair < table.members.size(); ++pair) {
      hidden_.push_back(table.members[pair] < smallest_ || table.row_hidden[RowOf(pair)] ||
                        table.column_hidden[ColumnOf(pair)]);
    }
  }

  std::vector<bool> Hide() {
    do {
      while (CoverLines()) {
      }
    } while (BreakBridges());
    return std::move(hidden_);
  }

 private:
  std::size_t RowOf(std::size_t pair) const { return pair / table_.columns; }
  std::size_t ColumnOf(std::size_t pair) const { return pair % table_.columns; }
  bool Occurs(std::size_t pair) const { return table_.members[pair] > 0; }

  // The row `line`, or the column `line - rows`.
  std::vector<std::size_t> PairsOf(std::size_t line) const {
    std::vector<std::size_t> pairs;
    if (line < table_.rows) {
      for (std::size_t at = 0; at < table_.columns; ++at) {
        pairs.push_back(line * table_.columns + at);
      }
    } else {
      for (std::size_t at = 0; at < table_.rows; ++at) {
        pairs.push_back(at * table_.columns + line - table_.rows);
      }
    }
    return pairs;
  }
  bool LineHidden(std::size_t line) const {
    return line < table_.rows ? table_.row_hidden[line] : table_.column_hidden[line - table_.rows];
  }

  bool HideFirstOf(const std::vector<std::size_t>& pairs) {
    std::optional<std::size_t> first;
    for (const std::size_t pair : pairs) {
      if (!hidden_[pair] && (!first || rank_[pair] < rank_[*first])) first = pair;
    }
    if (first) hidden_[*first] = true;
    return first.has_value();
  }

  bool CoverLines() {
    bool changed = false;
    for (std::size_t line = 0; line < table_.rows + table_.columns; ++line) {
      if (LineHidden(line)) continue;
      const std::vector<std::size_t> pairs = PairsOf(line);
      std::size_t hidden = 0;
      double most = 0;
      for (const std::size_t pair : pairs) {
        if (!hidden_[pair] || !Occurs(pair)) continue;
        ++hidden;
        most = std::max(most, table_.members[pair]);
      }
      if (hidden > 0 && (hidden == 1 || most < smallest_)) changed = HideFirstOf(pairs) || changed;
    }
    return changed;
  }

  // Hidden figures as edges between lines; the last two nodes are the sums of the hidden rows and
  // of the hidden columns.
  struct Edge {
    std::size_t a;
    std::size_t b;
  };
  std::vector<Edge> HiddenFigures() const {
    std::vector<Edge> edges;
    for (std::size_t pair = 0; pair < hidden_.size(); ++pair) {
      if (hidden_[pair] && Occurs(pair))
        edges.push_back({RowOf(pair), table_.rows + ColumnOf(pair)});
    }
    const std::size_t lines = table_.rows + table_.columns;
    for (std::size_t line = 0; line < lines; ++line) {
      if (LineHidden(line)) edges.push_back({line, lines + (line < table_.rows ? 0 : 1)});
    }
    return edges;
  }

  // The edges that no cycle goes through (Tarjan's lowest points, without recursion).
  static std::vector<Edge> Bridges(const std::vector<Edge>& edges, std::size_t nodes) {
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> near(nodes);  // node, edge
    for (std::size_t at = 0; at < edges.size(); ++at) {
      near[edges[at].a].emplace_back(edges[at].b, at);
      near[edges[at].b].emplace_back(edges[at].a, at);
    }
    struct Visit {
      std::size_t node;
      std::size_t by;  // the edge that led here
      std::size_t next = 0;
    };
    std::vector<std::size_t> number(nodes, 0);
    std::vector<std::size_t> lowest(nodes, 0);
    std::vector<Edge> bridges;
    std::size_t count = 0;
    for (std::size_t root = 0; root < nodes; ++root) {
      if (number[root] != 0) continue;
      std::vector<Visit> path{{root, edges.size()}};
      number[root] = lowest[root] = ++count;
      while (!path.empty()) {
        Visit& visit = path.back();
        const std::size_t node = visit.node;
        if (visit.next < near[node].size()) {
          const auto [other, by] = near[node][visit.next++];
          if (by == visit.by) continue;
          if (number[other] != 0) {
            lowest[node] = std::min(lowest[node], number[other]);
          } else {
            number[other] = lowest[other] = ++count;
            path.push_back({other, by});
          }
          continue;
        }
        const std::size_t by = visit.by;
        path.pop_back();
        if (path.empty()) continue;
        const std::size_t before = path.back().node;
        lowest[before] = std::min(lowest[before], lowest[node]);
        if (lowest[node] > number[before]) bridges.push_back(edges[by]);
      }
    }
    return bridges;
  }

  // Whether it hid anything.
  bool BreakBridges() {
    const std::size_t lines = table_.rows + table_.columns;
    for (const Edge& bridge : Bridges(HiddenFigures(), lines + 2)) {
      std::vector<std::size_t> beside;
      const auto add = [&](std::size_t line) {
        const std::vector<std::size_t> pairs = PairsOf(line);
        beside.insert(beside.end(), pairs.begin(), pairs.end());
      };
      add(bridge.a);
      if (bridge.b < lines) {
        add(bridge.b);
      } else {
        // A hidden value: beside any of its pairs.
        for (const std::size_t pair : PairsOf(bridge.a)) {
          if (Occurs(pair))
            add(bridge.a < table_.rows ? table_.rows + ColumnOf(pair) : RowOf(pair));
        }
      }
      if (HideFirstOf(beside)) return true;
    }
    return false;
  }

  const PairTable& table_;
  double smallest_;
  std::vector<std::size_t> rank_;
  std::vector<bool> hidden_;
};

}  // namespace

std::vector<bool> HidePairs(const PairTable& table, double smallest_group) {
  return Hider(table, smallest_group).Hide();
}

}  // namespace ripen::monitor
