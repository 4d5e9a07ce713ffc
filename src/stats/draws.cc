#include "stats/draws.h"

#include <random>

namespace ripen::stats {
namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

std::uint64_t Mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

}  // namespace

std::uint64_t StreamKey(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : name) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  }
  return hash;
}

Draws::Draws(const Key& key)
    : state_(Mix(Mix(Mix(key.seed + kGolden) + key.stream + kGolden) + key.draw + kGolden)) {}

Draws Draws::FromStart(std::uint64_t start) {
  Draws draws;
  draws.state_ = start;
  return draws;
}

Draws::result_type Draws::operator()() {
  state_ += kGolden;
  return Mix(state_);
}

double Draws::Uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

double Draws::Gamma(double shape, double rate) {
  return std::gamma_distribution<double>(shape, 1 / rate)(*this);
}

double Draws::Beta(double a, double b) {
  const double first = Gamma(a, 1);
  const double second = Gamma(b, 1);
  return first + second > 0 ? first / (first + second) : a / (a + b);
}

std::int64_t Draws::Binomial(std::int64_t trials, double probability) {
  if (trials <= 0 || !(probability > 0)) return 0;
  if (probability >= 1) return trials;
  return std::binomial_distribution<std::int64_t>(trials, probability)(*this);
}

}  // namespace ripen::stats
