// Rows that carry attributes: which codes they have, and which combinations they make.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "store/duckdb/row_loader.h"

namespace ripen::store {

class AttributedLoader : public RowLoader {
 protected:
  AttributedLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context)
      : RowLoader(plan, src, context) {}

  // Wants the columns of the plan's attributes. Errors: kInvalidArgument for too many.
  [[nodiscard]] Status WantAttributes();
  void Prepare(const TextBatch& batch) override;
  // Reads the attributes of a row; false where it was set aside.
  bool ReadAttributes(const TextBatch& batch, std::size_t row);
  // The combination of the row read last.
  std::int32_t TupleOf(Side side);

 private:
  struct AttributeCells {
    int column = -1;
    std::size_t attribute = 0;
    const std::vector<double>* bins = nullptr;
    std::vector<std::int32_t> known;  // codes of the batch's rows, kUnknownCode where to be read
  };
  struct SideCells {
    std::vector<AttributeCells> cells;
    std::vector<std::size_t> attributes;
    std::vector<std::int32_t> codes;
  };
  SideCells& SideOf(Side side) { return sides_[static_cast<std::size_t>(side)]; }

  std::array<SideCells, 2> sides_;
  std::string label_;
};

}  // namespace ripen::store
