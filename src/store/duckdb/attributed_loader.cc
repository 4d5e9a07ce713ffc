#include "store/duckdb/attributed_loader.h"

#include <fmt/format.h>

#include "store/duckdb/bins.h"
#include "store/duckdb/parse_value.h"

namespace ripen::store {

Status AttributedLoader::WantAttributes() {
  if (plan_.attributes.size() > ledger::kMostAttributes) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: {} attributes; at most {} are kept. Name those that matter in "
                            "[segments].",
                            plan_.file.path, plan_.attributes.size(), ledger::kMostAttributes));
  }
  for (const ledger::AttributeColumn& column : plan_.attributes) {
    AttributeCells cells;
    cells.column = Want(column.column);
    cells.attribute = context_.dictionary.AttributeOf(column.attribute, column.kind);
    const auto bins = context_.config.bins.find(column.attribute);
    if (bins != context_.config.bins.end()) cells.bins = &bins->second;
    SideCells& side = SideOf(context_.dictionary.attributes()[cells.attribute].side);
    side.attributes.push_back(cells.attribute);
    side.codes.push_back(kMissingCode);
    side.cells.push_back(std::move(cells));
  }
  return {};
}

void AttributedLoader::Prepare(const TextBatch& batch) {
  for (SideCells& side : sides_) {
    for (AttributeCells& cells : side.cells) {
      cells.known.assign(batch.rows, kUnknownCode);
      if (cells.bins != nullptr) continue;
      const std::vector<std::string_view>& column =
          batch.columns[static_cast<std::size_t>(cells.column)];
      for (std::size_t row = 0; row < batch.rows; ++row) {
        cells.known[row] = context_.dictionary.RecentCodeOf(cells.attribute, column[row]);
      }
    }
  }
}

bool AttributedLoader::ReadAttributes(const TextBatch& batch, std::size_t row) {
  for (SideCells& side : sides_) {
    for (std::size_t i = 0; i < side.cells.size(); ++i) {
      const AttributeCells& cells = side.cells[i];
      side.codes[i] = cells.known[row];
      if (side.codes[i] != kUnknownCode) continue;
      std::string_view text;
      if (!ReadText(batch, row, cells.column, text)) return false;
      if (text.empty()) {
        side.codes[i] = kMissingCode;
        continue;
      }
      if (cells.bins != nullptr) {
        double number = 0;
        const NumberTrouble trouble = ReadNumber(text, number);
        if (trouble != NumberTrouble::kNone) {
          return Reject(batch, row, cells.column, NumberTroubleSentence(trouble));
        }
        text = label_ = BinLabel(*cells.bins, number);
      }
      side.codes[i] = context_.dictionary.CodeOf(cells.attribute, text);
    }
  }
  return true;
}

std::int32_t AttributedLoader::TupleOf(Side side) {
  return context_.dictionary.TupleOf(side, SideOf(side).attributes, SideOf(side).codes);
}

}  // namespace ripen::store
