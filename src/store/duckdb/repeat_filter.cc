#include "store/duckdb/repeat_filter.h"

namespace ripen::store {
namespace {

constexpr std::size_t kFirstWordsLog2 = 20;  // 8 MB for four million keys
constexpr std::size_t kGrowthLog2 = 2;
constexpr std::size_t kKeysPerWord = 4;

std::uint64_t BitsOf(std::uint64_t key) {
  std::uint64_t bits = 0;
  for (int i = 0; i < 4; ++i, key >>= 6) bits |= std::uint64_t{1} << (key & 63);
  return bits;
}

}  // namespace

void RepeatFilter::AddLayer() {
  const std::size_t log2 = kFirstWordsLog2 + kGrowthLog2 * layers_.size();
  Layer layer;
  layer.words.resize(std::size_t{1} << log2);
  layer.shift = 64 - static_cast<int>(log2);
  layer.room = layer.words.size() * kKeysPerWord;
  layers_.push_back(std::move(layer));
}

void RepeatFilter::Add(std::uint64_t key) {
  if (layers_.empty() || layers_.back().room < waiting_.size()) {
    Look();
    AddLayer();
  }
  for (const Layer& layer : layers_) __builtin_prefetch(&layer.words[key >> layer.shift]);
  waiting_[waiting_count_++] = key;
  if (waiting_count_ == waiting_.size()) Look();
}

void RepeatFilter::Look() {
  for (std::size_t i = 0; i < waiting_count_; ++i) {
    const std::uint64_t key = waiting_[i];
    const std::uint64_t bits = BitsOf(key);
    bool seen = false;
    for (const Layer& layer : layers_) {
      seen = seen || (layer.words[key >> layer.shift] & bits) == bits;
    }
    Layer& last = layers_.back();
    last.words[key >> last.shift] |= bits;
    --last.room;
    if (seen && noted_.size() < kMostNoted) noted_.push_back(key);
  }
  waiting_count_ = 0;
}

const std::vector<std::uint64_t>* RepeatFilter::Noted() {
  Look();
  return noted_.size() < kMostNoted ? &noted_ : nullptr;
}

}  // namespace ripen::store
