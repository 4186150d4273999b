// Words of headings and cells, each meaning one thing, and how a word of a file is compared with
// them: whole, after key(). Text that lost its marks altogether matches without them; text with
// marks never does, since "Ngày cấp" is not "Ngày cáp". Who reads headings asks this
// (docs/decisions/0010).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/node.h"

namespace khien {

class HeadingWords {
 public:
  // "Số tệp đã quét (file) *:" -> "số tệp đã quét"; "" when it is too long for a heading.
  [[nodiscard]] static std::string key(std::string_view word);

  // False when the word means something else already.
  [[nodiscard]] bool add(std::string_view word, const std::string& meaning);
  // What somebody stated himself: whatever it meant before.
  void state(std::string_view word, const std::string& meaning);
  // Of a map of meanings to lists of words, as in content/headers: the word that has two; "" none.
  [[nodiscard]] std::string add_all(const Node& meanings);
  struct Found {
    std::string_view meaning;  // "" when it means nothing; as long as these words live
    bool bare = false;         // found only without marks
  };
  [[nodiscard]] std::string_view find(std::string_view written) const {
    return find_key(key(written)).meaning;
  }
  // The same of what key() gave.
  [[nodiscard]] Found find_key(const std::string& key) const;
  // All that find_key() knows, with and without marks.
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::unordered_map<std::string, std::string> exact_, bare_;
};

}  // namespace khien
