// Random numbers that are the same on every machine: the k-th draw of a stream is a function of
// (seed, stream, index, k) alone, made with integer arithmetic. No std::distribution, no libm.
#pragma once

#include <cstdint>

namespace ripen::sim {

// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection that mixes all 64 bits.
constexpr std::uint64_t Mix64(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31);
}

// One thing's own sequence of draws: asking one thing for more never changes another's.
class Draws {
 public:
  constexpr Draws(std::uint64_t seed, std::uint64_t stream, std::uint64_t index)
      : state_(Mix64(Mix64(Mix64(seed + kStep) + stream * kStep) + index * kStep)) {}

  constexpr std::uint64_t Bits() {
    state_ += kStep;
    return Mix64(state_);
  }
  // In [0, 1), a multiple of 2^-53.
  constexpr double Uniform() { return static_cast<double>(Bits() >> 11) * 0x1.0p-53; }
  constexpr bool Chance(double probability) { return Uniform() < probability; }
  // In 0 .. count - 1; count < 2^32.
  constexpr std::int64_t Below(std::int64_t count) {
    return static_cast<std::int64_t>(((Bits() >> 32) * static_cast<std::uint64_t>(count)) >> 32);
  }
  // Mean 0, standard deviation 1: the sum of twelve uniforms less six, within 6 of zero. Additions
  // only, so that every machine gets the same bits.
  constexpr double Normal() {
    double sum = -6;
    for (int term = 0; term < 12; ++term) sum += Uniform();
    return sum;
  }
  // Whole days 0 .. limit - 1: each further day follows with probability `stay`, cut off at the
  // limit by starting again from zero, which keeps the shape.
  constexpr int DaysBelow(double stay, int limit) {
    int days = 0;
    while (Chance(stay)) days = days + 1 == limit ? 0 : days + 1;
    return days;
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
  std::uint64_t state_;
};

}  // namespace ripen::sim
