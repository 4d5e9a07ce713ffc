// Random numbers that are a function of their key, so that adding a group changes no other number.
//
// Model. The key (seed, stream, draw) is mixed into the start of a SplitMix64 sequence; laws are
// the standard library's, which are the same on one release and architecture. Cost of being wrong.
// Two keys whose mixed starts lie close would share numbers: for a million keys of a thousand
// numbers each the chance is about 1e-4. Fails when. One key is used for two purposes: then they
// are the same numbers. Source. Steele, Lea and Flood 2014, OOPSLA, doi:10.1145/2660193.2660195.
// Worked value. SplitMix64 from 1234567 begins with 6457827717110365317, 3203168211198807973.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace ripen::stats {

// The number of a stream by its name (FNV-1a): it does not depend on which other streams there are.
std::uint64_t StreamKey(std::string_view name);

// A generator of uniform 64-bit numbers. Cheap to make; not thread safe.
class Draws {
 public:
  using result_type = std::uint64_t;

  // What a sequence is for: the configuration's seed, the stream it belongs to, the draw's number.
  struct Key {
    std::uint64_t seed = 1;
    std::uint64_t stream = 0;
    std::uint64_t draw = 0;
  };
  explicit Draws(const Key& key);
  // The plain sequence from a start.
  static Draws FromStart(std::uint64_t start);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()();

  // In [0, 1).
  double Uniform();
  // Requires: shape > 0, rate > 0. Mean shape / rate.
  double Gamma(double shape, double rate);
  // Requires: a > 0, b > 0. Mean a / (a + b).
  double Beta(double a, double b);
  // Requires: trials >= 0. `probability` outside [0, 1] is taken as the nearer end.
  std::int64_t Binomial(std::int64_t trials, double probability);

 private:
  Draws() = default;
  std::uint64_t state_ = 0;
};

}  // namespace ripen::stats
