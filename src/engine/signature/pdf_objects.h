// The objects of a stretch of a PDF: those that stand in it as text and those packed into object
// streams. A reader of what is there, not of what a cross-reference table calls valid.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace khien::signature {

inline constexpr std::size_t kObjects = 500'000;                 // of one document
inline constexpr std::size_t kPackedBytes = std::size_t{64} << 20;  // unpacked object streams

using Dict = std::map<std::string, std::string>;  // "/Type" -> "/Page"; values squeezed
// Of the text of an object; empty when it is no dictionary.
[[nodiscard]] Dict dict_of(std::string_view object);
// Object numbers referred to in a value: "[3 0 R 4 0 R]" -> 3, 4.
[[nodiscard]] std::vector<int> references(std::string_view value);
// The unpacked bytes of a stream object; "" for none, or for a packing that is not read.
[[nodiscard]] std::string stream_of(std::string_view object, std::size_t most);
// White space runs as one blank, strings as they are.
[[nodiscard]] std::string squeezed(std::string_view object);

class Objects {
 public:
  // Later definitions of a number replace earlier ones.
  void add(std::string_view stretch);
  [[nodiscard]] const std::map<int, std::string_view>& all() const { return all_; }
  [[nodiscard]] const std::string_view* find(int number) const;
  [[nodiscard]] bool whole() const { return whole_; }  // nothing in it was beyond reading

 private:
  void unpack(std::string_view object);
  std::map<int, std::string_view> all_;
  std::vector<std::unique_ptr<std::string>> unpacked_;
  std::size_t packed_bytes_ = 0;
  bool whole_ = true;
};

}  // namespace khien::signature
