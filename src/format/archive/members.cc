#include "format/archive/members.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8_locale.h"
#include "base/zip_parts.h"
#include "format/errors.h"

namespace khien {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kEntries = 10'000;  // with folders and links
constexpr std::size_t kChunk = std::size_t{256} << 10;
constexpr std::size_t kTarMark = 257;  // where a tar says that it is one

// Counts what goes to the sink.
class Members {
 public:
  Members(std::string place, std::size_t packed, const MemberLimits& most, MemberSink& sink)
      : place_(std::move(place)), packed_(packed), most_(most), sink_(sink) {}

  Done begin(const std::string& name) {
    if (++count_ > most_.members) return large(most_.members);
    return sink_.begin(name);
  }
  Done add(std::string_view bytes) {
    bytes_ += bytes.size();
    if (bytes_ > most_.bytes) return large(most_.bytes);
    if (bytes_ > limits::kMiB && bytes_ / packed_ > limits::zip_ratio) {
      return large(limits::zip_ratio);
    }
    return sink_.add(bytes);
  }
  [[nodiscard]] const std::string& place() const { return place_; }

 private:
  [[nodiscard]] tl::unexpected<Error> large(std::size_t limit) const {
    return fail(err::archive_large, place_, {{"limit", std::to_string(limit)}});
  }
  std::string place_;
  std::size_t packed_;
  MemberLimits most_;
  MemberSink& sink_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

bool is_of_macos(std::string_view name) { return name.starts_with("__MACOSX/"); }

Done unzip(std::string_view bytes, Members& members) {
  KHIEN_TRY(ZipParts parts,
            ZipParts::open(bytes, members.place(),
                           {err::archive_broken, err::archive_large, err::archive_password}));
  for (const std::string& name : parts.names()) {
    if (name.ends_with('/') || is_of_macos(name)) continue;
    KHIEN_DO(members.begin(name));
    KHIEN_TRY(const std::string part, parts.read(name));
    KHIEN_DO(members.add(part));
  }
  return {};
}

struct Close {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Archive = std::unique_ptr<archive, Close>;

// Neither an archive nor packed: a broken one would be read as its own member.
bool is_of_no_kind(archive* a) {
  return archive_format(a) == ARCHIVE_FORMAT_RAW &&
         archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE;
}

tl::unexpected<Error> broken(archive* a, const std::string& place) {
  const char* said = archive_error_string(a);
  const std::string detail = said == nullptr ? "Unrecognized archive format" : said;
  // Which of two ways a library tells of a password depends on the format and on what is encrypted.
  // Where no format fits, libarchive would look for one beyond its last: it is asked of known ones.
  const bool known = archive_format(a) != 0;
  const bool locked = (known && archive_read_has_encrypted_entries(a) > 0) ||
                      ascii_lower(detail).find("crypt") != std::string::npos;
  if (locked) return fail(err::archive_password, place);
  return fail(err::archive_broken, place, {{"detail", detail}});
}

Archive packed_file_reader() {
  Archive a(archive_read_new());
  if (a == nullptr) return a;
  archive_read_support_format_raw(a.get());
  archive_read_support_filter_gzip(a.get());
  archive_read_support_filter_bzip2(a.get());
  archive_read_support_filter_xz(a.get());
  archive_read_support_filter_zstd(a.get());
  return a;
}

Archive archive_reader() {
  Archive a = packed_file_reader();
  if (a == nullptr) return a;
  archive_read_support_format_7zip(a.get());
  archive_read_support_format_rar(a.get());
  archive_read_support_format_rar5(a.get());
  archive_read_support_format_tar(a.get());
  return a;
}

std::string name_of(archive* a, archive_entry* entry, const std::string& place) {
  if (archive_format(a) == ARCHIVE_FORMAT_RAW) {
    return std::filesystem::path(place).stem().string();
  }
  const char* utf8 = archive_entry_pathname_utf8(entry);
  if (utf8 != nullptr) return utf8;
  const char* bytes = archive_entry_pathname(entry);
  return bytes == nullptr ? "?" : bytes;
}

Done read_entry(archive* a, archive_entry* entry, Members& members) {
  if (archive_entry_is_encrypted(entry) != 0) return fail(err::archive_password, members.place());
  const auto type = archive_entry_filetype(entry);  // 0: the archive does not say
  if (type != AE_IFREG && type != 0) return {};
  const std::string name = name_of(a, entry, members.place());
  if (is_of_macos(name)) return {};
  KHIEN_DO(members.begin(name));
  std::string chunk(kChunk, '\0');
  for (;;) {
    const la_ssize_t n = archive_read_data(a, chunk.data(), chunk.size());
    if (n == 0) return {};
    if (n < 0) return broken(a, members.place());
    KHIEN_DO(members.add(std::string_view(chunk).substr(0, static_cast<std::size_t>(n))));
  }
}

Done unpack_others(std::string_view bytes, Members& members) {
  const Utf8Locale names;
  const Archive a = archive_reader();
  if (a == nullptr) return fail(err::archive_broken, members.place(), {{"detail", "libarchive"}});
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return broken(a.get(), members.place());
  }
  for (std::size_t i = 0; i < kEntries; ++i) {
    archive_entry* entry = nullptr;
    const int state = archive_read_next_header(a.get(), &entry);
    if (state == ARCHIVE_EOF) return {};
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return broken(a.get(), members.place());
    if (is_of_no_kind(a.get())) return broken(a.get(), members.place());
    KHIEN_DO(read_entry(a.get(), entry, members));
  }
  return fail(err::archive_large, members.place(), {{"limit", std::to_string(kEntries)}});
}

bool is_zip(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

}  // namespace

bool is_packed_file(std::string_view head) {
  const auto marks = {"\x1F\x8B"sv, "BZh"sv, "\xFD" "7zXZ\0"sv, "\x28\xB5\x2F\xFD"sv};
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return head.starts_with(mark); });
}

bool is_archive(std::string_view head) {
  if (is_zip(head)) return true;
  if (is_packed_file(head) || head.starts_with("Rar!\x1A\x07")) return true;
  if (head.starts_with("7z\xBC\xAF\x27\x1C")) return true;
  return head.size() > kTarMark && head.substr(kTarMark).starts_with("ustar");
}

Done archive_members(std::string_view bytes, const std::string& place, MemberSink& sink,
                     const MemberLimits& most) {
  Members members(place, std::max<std::size_t>(bytes.size(), 1), most, sink);
  return is_zip(bytes) ? unzip(bytes, members) : unpack_others(bytes, members);
}

Result<std::string> unpack_file(std::string_view bytes, std::size_t limit,
                                const std::string& place) {
  const auto failed = [&](archive* a) {
    const char* said = a == nullptr ? nullptr : archive_error_string(a);
    return fail(err::gzip_broken, place, {{"detail", said == nullptr ? "?" : said}});
  };
  const Archive a = packed_file_reader();
  archive_entry* entry = nullptr;
  if (a == nullptr || archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      archive_read_next_header(a.get(), &entry) != ARCHIVE_OK || is_of_no_kind(a.get())) {
    return failed(a.get());
  }
  std::string out;
  std::string chunk(kChunk, '\0');
  for (;;) {
    const la_ssize_t n = archive_read_data(a.get(), chunk.data(), chunk.size());
    if (n == 0) return out;
    if (n < 0) return failed(a.get());
    out.append(chunk, 0, static_cast<std::size_t>(n));
    if (out.size() > limit) return fail(err::gzip_large, place, {{"limit", std::to_string(limit)}});
  }
}

}  // namespace khien
