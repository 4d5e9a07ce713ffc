// The ranges that people were given: which are kept, and how they did once the truth is in.
//
// Beside the backtest, which says what today's program would have said on past days, this is the
// record of what was said, by whatever release and configuration. It teaches nothing: factors come
// from the backtest alone, so that a new release is not bound by an old one's mistakes.
#pragma once

#include <vector>

#include "model/backtest.h"
#include "model/metric.h"
#include "monitor/figures.h"

namespace ripen::monitor {

// The provisional figures of a look that are kept: those of the total and of single groups.
std::vector<IssuedFigure> FiguresToLog(Day as_of, const std::vector<Metric>& metrics);

// Scores what was issued before `as_of` with the figures of that day; what is not confirmed yet, or
// about a group that is not shown any more, is counted as logged only. Cost: a figure for each.
IssuedRecord ScoreIssued(const std::vector<IssuedFigure>& issued, const Figures& figures,
                         Day as_of);

}  // namespace ripen::monitor
