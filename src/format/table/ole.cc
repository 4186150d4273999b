// Header, sector table, directory, small streams.
#include "format/table/ole.h"

namespace khien {
namespace {

constexpr std::size_t kHeader = 512;

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // what follows are marks
constexpr std::size_t kMiniSize = 64;
constexpr std::size_t kEntry = 128;
constexpr std::uint64_t kWhole = ~std::uint64_t{0};

}  // namespace

std::uint32_t little_u16(std::string_view bytes, std::size_t at) {
  if (at + 2 > bytes.size()) return 0;
  return static_cast<unsigned char>(bytes[at]) |
         (std::uint32_t{static_cast<unsigned char>(bytes[at + 1])} << 8);
}

std::uint32_t little_u32(std::string_view bytes, std::size_t at) {
  if (at + 4 > bytes.size()) return 0;
  return little_u16(bytes, at) | (little_u16(bytes, at + 2) << 16);
}

tl::unexpected<Error> OleFile::broken(const std::string& detail) const {
  return fail(broken_, place_, {{"format", "XLS"}, {"detail", detail}});
}

Result<OleFile> OleFile::open(std::string_view bytes, const std::string& place, Code broken) {
  OleFile out(bytes, place, broken);
  KHIEN_DO(out.load());
  return out;
}

Done OleFile::load() {
  if (!bytes_.starts_with(kOleMagic) || bytes_.size() < kHeader) return broken("OLE header");
  shift_ = little_u16(bytes_, 30);
  if (shift_ != 9 && shift_ != 12) return broken("OLE sector size");
  mini_cutoff_ = little_u32(bytes_, 56);
  KHIEN_DO(load_fat());
  KHIEN_TRY(const std::string mini_fat, chain(little_u32(bytes_, 60), kWhole));
  for (std::size_t i = 0; i + 4 <= mini_fat.size(); i += 4) {
    mini_fat_.push_back(little_u32(mini_fat, i));
  }
  KHIEN_TRY(const std::string directory, chain(little_u32(bytes_, 48), kWhole));
  return load_directory(directory);
}

Done OleFile::load_fat() {
  const std::size_t per_sector = (std::size_t{1} << shift_) / 4;
  const std::size_t most = (bytes_.size() >> shift_) + 1;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < 109; ++i) {
    const std::uint32_t at = little_u32(bytes_, 76 + 4 * i);
    if (at < kLastSector) places.push_back(at);
  }
  std::uint32_t next = little_u32(bytes_, 68);
  for (std::size_t n = 0; next < kLastSector; ++n) {
    const std::string_view more = sector(next);
    if (n > most || more.size() < per_sector * 4) return broken("OLE sector list");
    for (std::size_t i = 0; i + 1 < per_sector; ++i) {
      const std::uint32_t at = little_u32(more, 4 * i);
      if (at < kLastSector) places.push_back(at);
    }
    next = little_u32(more, 4 * (per_sector - 1));
  }
  if (places.size() > most) return broken("OLE sector list");
  for (const std::uint32_t at : places) {
    const std::string_view part = sector(at);
    for (std::size_t i = 0; i + 4 <= part.size(); i += 4) fat_.push_back(little_u32(part, i));
  }
  return {};
}

Done OleFile::load_directory(const std::string& directory) {
  for (std::size_t at = 0; at + kEntry <= directory.size(); at += kEntry) {
    const std::string_view entry = std::string_view(directory).substr(at, kEntry);
    const std::size_t length = std::min<std::size_t>(little_u16(entry, 64), 64);
    const int type = entry[66];
    std::string name;
    for (std::size_t i = 0; i + 3 < length; i += 2) {
      name += entry[i + 1] == 0 ? entry[i] : '?';
    }
    const Stream stream{little_u32(entry, 116), little_u32(entry, 120)};
    if (type == 5) {
      KHIEN_TRY(mini_, chain(stream.start, stream.size));
    } else if (type == 2) {
      streams_.try_emplace(name, stream);
    }
  }
  return {};
}

std::string_view OleFile::sector(std::uint32_t number) const {
  const std::uint64_t at = (std::uint64_t{number} + 1) << shift_;
  if (at >= bytes_.size()) return {};
  return bytes_.substr(at, std::size_t{1} << shift_);
}

Result<std::string> OleFile::chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  for (std::uint32_t at = start; at < kLastSector && out.size() < size; at = fat_[at]) {
    const std::string_view part = sector(at);
    if (part.empty() || at >= fat_.size() || out.size() > bytes_.size()) {
      return broken("OLE stream");
    }
    out += part;
  }
  if (size != kWhole && out.size() > size) out.resize(size);
  return out;
}

Result<std::string> OleFile::mini_chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  for (std::uint32_t at = start; at < kLastSector && out.size() < size; at = mini_fat_[at]) {
    const std::uint64_t from = std::uint64_t{at} * kMiniSize;
    if (at >= mini_fat_.size() || from >= mini_.size() || out.size() > mini_.size()) {
      return broken("OLE small stream");
    }
    out += std::string_view(mini_).substr(from, kMiniSize);
  }
  if (out.size() > size) out.resize(size);
  return out;
}

Result<std::string> OleFile::read(const std::string& name) const {
  const Stream& stream = streams_.at(name);
  return stream.size < mini_cutoff_ ? mini_chain(stream.start, stream.size)
                                    : chain(stream.start, stream.size);
}

}  // namespace khien
