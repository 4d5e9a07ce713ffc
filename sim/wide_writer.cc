#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/draws.h"
#include "sim/text_file.h"
#include "sim/text_forms.h"
#include "sim/world_writer.h"

namespace ripen::sim {
namespace {

constexpr std::uint64_t kFileMessStream = 101;
constexpr std::uint64_t kEarlierRowStream = 102;
constexpr double kEarlierRowShare = .02;

class WideWriter : public WorldWriter {
 public:
  WideWriter(const WorldOptions& options, const Scenario& scenario, std::int64_t snapshot_seconds,
             TextFile file)
      : options_(options),
        scenario_(scenario),
        snapshot_seconds_(snapshot_seconds),
        words_(Columns(options.language)),
        file_(std::move(file)),
        moments_(options.language, options.dates_only),
        customer_(options, AttributeKind::kCustomer),
        item_(options, AttributeKind::kItem),
        context_(options, AttributeKind::kContext) {
    files.push_back(file_.path());
    WriteHeader();
  }

  void Add(const Recommendation& row) override {
    ++recommendations;
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      outcomes += row.HappenedBefore(stage, snapshot_seconds_);
    }
    WriteRow(row, snapshot_seconds_);
    if (scenario_.messy &&
        Draws(options_.seed, kEarlierRowStream, static_cast<std::uint64_t>(row.number))
            .Chance(kEarlierRowShare)) {
      ++mess.earlier_rows;
      WriteRow(row, std::min(row.shown_seconds + kSecondsPerDay, snapshot_seconds_));
    }
  }

  void EndDay(Day) override {}

  Status Close() override {
    RIPEN_RETURN_IF_ERROR(file_.Close());
    mess.duplicate_lines = file_.duplicates();
    return {};
  }

 private:
  void WriteHeader() {
    std::string& out = file_.line();
    const auto add = [&](std::string_view name) {
      out.push_back(words_.delimiter);
      out += name;
    };
    out += words_.id;
    add(words_.shown_at);
    add(words_.customer_id);
    customer_.AppendNames(out);
    add(words_.item_id);
    item_.AppendNames(out);
    add(words_.position);
    add(words_.score);
    if (options_.lists > 0) add(words_.list_id);
    context_.AppendNames(out);
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      add(words_.happened[stage]);
      if (!options_.dates_only) add(words_.happened_at[stage]);
    }
    add(words_.truth);
    file_.EndHeader();
  }

  // The row as an export at `moment` has it.
  void WriteRow(const Recommendation& row, std::int64_t moment) {
    std::string& out = file_.line();
    const char delimiter = words_.delimiter;
    AppendRecommendationId(out, row, scenario_);
    out.push_back(delimiter);
    moments_.Append(out, row.shown_seconds);
    out.push_back(delimiter);
    AppendCustomerId(out, row.customer);
    customer_.AppendValues(out, row.values);
    out.push_back(delimiter);
    AppendItemId(out, row.item);
    item_.AppendValues(out, row.values);
    out.push_back(delimiter);
    out.push_back(static_cast<char>('0' + row.position));
    out.push_back(delimiter);
    AppendScore(out, row.score_ten_thousandths, words_.decimal_mark);
    AppendList(out, row, delimiter);
    context_.AppendValues(out, row.values);
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      const bool happened = row.HappenedBefore(stage, moment);
      out.push_back(delimiter);
      out += happened ? words_.yes : words_.no;
      if (options_.dates_only) continue;
      out.push_back(delimiter);
      if (happened) moments_.Append(out, row.seconds[stage]);
    }
    out.push_back(delimiter);
    out += row.confirmed_seconds < moment ? words_.yes : words_.no;
    file_.EndLine();
  }

  const WorldOptions& options_;
  const Scenario& scenario_;
  std::int64_t snapshot_seconds_;
  const ColumnWords& words_;
  TextFile file_;
  MomentForms moments_;
  AttributeForms customer_;
  AttributeForms item_;
  AttributeForms context_;
};

}  // namespace

Result<std::unique_ptr<WorldWriter>> MakeWideWriter(const WorldOptions& options,
                                                    const Scenario& scenario,
                                                    std::int64_t snapshot_seconds) {
  std::optional<Mess> mess;
  if (scenario.messy) mess = Mess{.seed = options.seed, .stream = kFileMessStream};
  RIPEN_ASSIGN_OR_RETURN(
      TextFile file,
      TextFile::Create(fmt::format("{}/{}", options.folder, options.wide_file_name), mess));
  return std::make_unique<WideWriter>(options, scenario, snapshot_seconds, std::move(file));
}

}  // namespace ripen::sim
