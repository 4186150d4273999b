// Every length is checked against what is left before anything is read.
#include "engine/mail/mail_packed.h"

#include <cstdint>

#include "base/text.h"
#include "engine/mail/mail_encoding.h"

namespace khien::mail {
namespace {

constexpr std::uint32_t kTnef = 0x223E9F78;
constexpr std::uint32_t kAttachTitle = 0x00018010;
constexpr std::uint32_t kAttachment = 0x00069005;  // MAPI properties
constexpr std::uint16_t kLongFilename = 0x3707, kFilename = 0x3704;
constexpr std::uint32_t kProperties = 10'000;

class Bytes {
 public:
  explicit Bytes(std::string_view all) : rest_(all) {}
  std::uint32_t number(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      return 0;
    }
    std::uint32_t out = 0;
    for (std::size_t i = size; i > 0; --i) {
      out = (out << 8) | static_cast<unsigned char>(rest_[i - 1]);
    }
    rest_.remove_prefix(size);
    return out;
  }
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) good_ = false;
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(out.size());
    return out;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::string name_from(std::string_view bytes, bool utf16) {
  std::string out = charset_to_utf8(std::string(bytes), utf16 ? "utf-16le" : "");
  return out.substr(0, out.find('\0'));
}

std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

// Bytes of a value of fixed size; 0: its size stands before it.
std::size_t fixed_size(std::uint32_t type) {
  switch (type) {
    case 0x0002: case 0x000B: case 0x0003: case 0x0004: case 0x000A: return 4;
    case 0x0005: case 0x0006: case 0x0007: case 0x0014: case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 0;
  }
}

// A property's name when it has one of its own.
void skip_named(Bytes& in) {
  static_cast<void>(in.take(16));
  if (in.number(4) == 0) static_cast<void>(in.number(4));
  else static_cast<void>(in.take(padded(in.number(4))));
}

bool property_names(std::string_view data, std::vector<std::string>& out) {
  Bytes in(data);
  const std::uint32_t count = in.number(4);
  for (std::uint32_t i = 0; i < count && i < kProperties && in.good(); ++i) {
    const std::uint32_t type = in.number(2);
    const std::uint32_t id = in.number(2);
    if (id >= 0x8000) skip_named(in);
    const bool many = (type & 0x1000) != 0;
    const std::size_t size = fixed_size(type & 0x0FFF);
    const std::uint32_t values = many || size == 0 ? in.number(4) : 1;
    for (std::uint32_t v = 0; v < values && in.good(); ++v) {
      const std::size_t bytes = size == 0 ? in.number(4) : size;
      const std::string_view value = in.take(bytes);
      static_cast<void>(in.take(padded(bytes) - bytes));
      const bool text = (type & 0x0FFF) == 0x1E || (type & 0x0FFF) == 0x1F;
      if (text && (id == kLongFilename || id == kFilename) && out.size() < kPackedNames) {
        out.push_back(name_from(value, (type & 0x0FFF) == 0x1F));
      }
    }
  }
  return in.good() && count <= kProperties;
}

}  // namespace

std::vector<std::string> uuencoded_names(std::string_view text) {
  std::vector<std::string> out;
  std::string name;  // of a "begin" line, until the next line looks like coded bytes
  for (std::size_t at = 0; at < text.size() && out.size() < kPackedNames;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!name.empty()) {
      const auto length = line.empty() ? 0 : (line[0] - 32) & 63;
      const std::size_t coded = static_cast<std::size_t>(length + 2) / 3 * 4;
      // The blanks at the end of a line may be lost on the way.
      if (length > 0 && line.size() <= coded + 2 && line.size() + 4 > coded) out.push_back(name);
      name.clear();
    }
    const bool begins = line.starts_with("begin ") && line.size() > 10;
    if (!begins) continue;
    const std::size_t digits = line.find_first_not_of("01234567", 6);
    if (digits != 9 && digits != 10) continue;
    if (line[digits] == ' ') name = charset_to_utf8(std::string(trim(line.substr(digits))), "");
  }
  return out;
}

std::optional<std::vector<std::string>> tnef_names(std::string_view bytes) {
  Bytes in(bytes);
  if (in.number(4) != kTnef) return std::nullopt;
  static_cast<void>(in.number(2));  // key
  std::vector<std::string> out;
  while (in.good() && !in.empty()) {
    static_cast<void>(in.number(1));  // of the message, or of an attachment
    const std::uint32_t id = in.number(4);
    const std::string_view data = in.take(in.number(4));
    static_cast<void>(in.number(2));  // sum of the bytes
    if (!in.good()) return std::nullopt;
    if (id == kAttachTitle && out.size() < kPackedNames) out.push_back(name_from(data, false));
    if (id == kAttachment && !property_names(data, out)) return std::nullopt;
  }
  return in.good() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace khien::mail
