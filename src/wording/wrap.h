// Breaks text into lines for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace ripen::wording {

constexpr int kLineWidth = 90;

// Columns that a UTF-8 text takes on a terminal, at one a character.
int ColumnsOf(std::string_view text);
// One paragraph: lines of at most `width` columns, the first behind `first`, the others behind
// `rest` (both count), each ended by '\n'. A word longer than a line stands alone on one.
std::string Wrap(std::string_view text, std::string_view first, std::string_view rest,
                 int width = kLineWidth);

}  // namespace ripen::wording
