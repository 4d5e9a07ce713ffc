// Which pairs of values are hidden so that no small one can be worked out from the others.
#pragma once

#include <cstddef>
#include <vector>

namespace ripen::monitor {

// The pairs of the values of two attributes: rows x columns, row by row.
struct PairTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> members;   // of a pair; 0: it does not occur, which everybody may know
  std::vector<bool> row_hidden;  // the row's value is hidden: its figures are not known
  std::vector<bool> column_hidden;
  std::vector<std::size_t> order;  // of all pairs: which one is hidden first where one has to be
};

// Hides pairs with fewer than `smallest_group` members and those of hidden values, and then as many
// more, in the table's order, as it takes that
//   - in no row or column with hidden pairs fewer than two are hidden, or only such that are small:
//     what is left of the value without the visible pairs is no small group;
//   - no hidden pair follows from sums and differences of everything visible.
//
// Visible rows and columns give the sums of their hidden pairs. With a node for every row and
// column, one for the sum of the hidden rows and one for that of the hidden columns, an edge for
// every hidden pair and for every hidden value (from its node to the sum), all that is known are
// sums at nodes of a bipartite graph. What is not known of them are circulations, so that an edge
// follows exactly if no cycle goes through it: if it is a bridge (Gusfield, A graph theoretic
// approach to statistical data security, SIAM J. Comput. 17(3), 1988; Kao, Data security equals
// graph connectivity, arXiv:cs/0101034, section 1). Bridges are taken into cycles by hiding a pair
// beside them.
//
// Returns which pairs are hidden; those that do not occur are. Cost: the table's size times the
// number of rounds, at most one for each pair, two or three in practice.
std::vector<bool> HidePairs(const PairTable& table, double smallest_group);

}  // namespace ripen::monitor
