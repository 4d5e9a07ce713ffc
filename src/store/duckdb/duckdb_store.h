// The Store on a DuckDB file: what ties import, fold and cube together.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/store.h"
#include "store/duckdb/cube_image.h"
#include "store/duckdb/dictionary.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/fold.h"
#include "store/duckdb/late.h"
#include "store/duckdb/ledger_fold.h"
#include "store/duckdb/row_loader.h"

namespace ripen::store {

// Thread safe: calls wait for each other.
class DuckDbStore : public ledger::Store {
 public:
  [[nodiscard]] static Result<std::unique_ptr<ledger::Store>> Open(
      const std::string& path, const ledger::StoreConfig& config);
  ~DuckDbStore() override;

  [[nodiscard]] Result<ledger::FileProbe> Probe(const std::string& path) override;
  [[nodiscard]] Result<InputSummary> Import(const std::vector<ledger::ImportPlan>& plans,
                                            const ledger::Progress& progress) override;
  [[nodiscard]] Status Refresh(const ledger::Progress& progress) override;
  [[nodiscard]] Result<cube::Snapshot> ReadSnapshot(Day as_of) override;
  [[nodiscard]] Result<cube::Cross> ReadCross(const cube::Snapshot& snapshot, Day first,
                                              Day last) override;
  [[nodiscard]] Result<cube::ShownRows> ReadShown(const cube::ShownRequest& request) override;
  [[nodiscard]] Result<std::vector<cube::ItemCount>> ReadItems(
      const cube::ShownRequest& request) override;
  [[nodiscard]] Result<cube::SignCounts> ReadSignCounts(Day as_of) override;
  [[nodiscard]] Result<cube::ScoredOutcomes> ReadScoredOutcomes(Day as_of,
                                                                const Slice& group) override;
  [[nodiscard]] Result<ledger::StoreStatus> ReadStatus() override;
  [[nodiscard]] Status LogIssued(const std::vector<IssuedFigure>& figures) override;
  [[nodiscard]] Result<std::vector<IssuedFigure>> ReadIssued() override;
  [[nodiscard]] Status KeepLooks(const std::string& fingerprint,
                                 const std::vector<ledger::KeptLook>& looks) override;
  [[nodiscard]] Result<std::vector<ledger::KeptLook>> ReadLooks(
      const std::string& fingerprint) override;
  [[nodiscard]] Status AddJudgements(const std::vector<Judgement>& judgements) override;
  [[nodiscard]] Result<std::vector<Judgement>> ReadJudgements() override;
  [[nodiscard]] Status AddAnnotations(const std::vector<AnnotationEvent>& events) override;
  [[nodiscard]] Result<std::vector<AnnotationEvent>> ReadAnnotations() override;
  [[nodiscard]] Result<ledger::OutcomeValue> ReadValue(const std::string& stage,
                                                       Day as_of) override;

 private:
  DuckDbStore(std::string path, const ledger::StoreConfig& config);
  [[nodiscard]] Status OpenFile();
  void CloseFile();
  [[nodiscard]] Status EnsureOpen();
  void GiveSpaceBack(std::uintmax_t bytes_before);
  [[nodiscard]] Status LoadStages();
  [[nodiscard]] Status SaveStages();
  [[nodiscard]] Status NoteReceived(const std::vector<ledger::ImportPlan>& plans);
  // Marks everything for folding again where the configuration is not the one that was folded.
  [[nodiscard]] Status CompareConfig();
  [[nodiscard]] Status RecomputeDays();
  std::string ConfigFingerprint() const;
  // Drops what a failed transaction left in memory.
  void Recover();

  [[nodiscard]] Status RefreshLocked(const ledger::Progress& progress);
  // Counts everything anew.
  [[nodiscard]] Status FoldAll(const Choice& choice, const ledger::Progress& progress);
  // Counts what changed: some days as a whole, and touched ids by difference.
  [[nodiscard]] Status FoldChanges(const Choice& choice, const LateChanges& late,
                                   const ledger::Progress& progress);
  [[nodiscard]] Result<std::vector<MemberMap::Entry>> FoldMembers(LedgerFolder& folder,
                                                                  const MemberMap& folded);
  [[nodiscard]] Status LoadImage(Choice choice);
  [[nodiscard]] Result<std::unique_ptr<CubeImage>> FoldInMemory(Choice choice,
                                                                std::int32_t last_day);
  // Drops the looks of days on which something else was known than what is counted now.
  [[nodiscard]] Status DropLooksFrom(std::int32_t day);
  [[nodiscard]] Result<Choice> ChoiceOf(const StartWindow& window);
  // When the look of a day decides, by what was known.
  static StartWindow WindowOf(const CubeImage::KnownDays& known, std::int32_t as_of);
  [[nodiscard]] Result<std::optional<StartWindow>> LatestWindow();
  // The same for a past day, of recommendations alone.
  [[nodiscard]] Result<std::optional<StartWindow>> WindowKnownOn(std::int32_t as_of);
  std::string InGroup(const Slice& group) const;

  std::string path_;
  ledger::StoreConfig config_;
  std::string scratch_folder_;
  duck::Database database_;
  duck::Connection writing_;
  duck::Connection reading_;
  Dictionary dictionary_;
  std::vector<StoredStage> stages_;
  bool open_ = false;
  bool fresh_ = false;  // the cube follows from the whole ledger
  // Kept while `fresh_` is false, as the last refresh left it, if the next can bring it up to date.
  std::unique_ptr<CubeImage> image_;
  std::map<StartWindow, Choice> choices_;
  // The last cube of another choice than the current one: looks at the first days.
  std::unique_ptr<CubeImage> early_image_;
  std::int32_t early_last_day_ = 0;
  std::mutex mutex_;
};

}  // namespace ripen::store
