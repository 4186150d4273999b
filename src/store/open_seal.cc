// Opening what is sealed, and this installation's own and known keys.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "store/errors.h"
#include "store/seal.h"
#include "store/seal_layout.h"

namespace khien {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kKeyFileBytes = 1024;
constexpr std::size_t kKnownKeysBytes = std::size_t{1} << 20;

std::uint64_t get(std::string_view in, std::size_t at, int bytes) {
  std::uint64_t v = 0;
  for (int i = 0; i < bytes; ++i) {
    v |= std::uint64_t{static_cast<unsigned char>(in[at + static_cast<std::size_t>(i)])} << (8 * i);
  }
  return v;
}

}  // namespace

Result<Sealed> open_sealed(std::string_view file, std::string_view place) {
  if (file.size() < kSealBytes || !file.substr(file.size() - kSealBytes).starts_with(kSealMagic)) {
    const bool ours = file.starts_with("SQLite format 3");
    return fail(ours ? err::file_cut : err::file_not_khien, std::string(place));
  }
  const std::string_view trailer = file.substr(file.size() - kSealBytes);
  Sealed out;
  if (get(trailer, 16, 4) != 1) {
    return fail(err::format_newer, std::string(place),
                {{"version", std::to_string(get(trailer, 16, 4))}});
  }
  out.database = file.substr(0, file.size() - kSealBytes);
  const std::string sum = seal_digest(out.database);
  out.intact = get(trailer, 24, 8) == out.database.size() && trailer.substr(32, 32) == sum &&
               trailer.substr(160).find_first_not_of('\0') == std::string_view::npos;
  out.public_key = trailer.substr(64, 32);
  out.signature_ok = ed25519_verify(out.public_key, trailer.substr(0, kSealSigned),
                                    trailer.substr(kSealSigned, 64));
  out.sha256 = sha256_hex(file);
  return out;
}

namespace {

constexpr mode_t kOthersRead = 0077;
constexpr mode_t kOthersWrite = 0022;

mode_t mode_of(const fs::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

std::string octal(mode_t mode) { return fmt::format("{:04o}", static_cast<unsigned>(mode)); }

Result<KeyPair> read_own_key(const fs::path& path) {
  auto text = read_file(path, kKeyFileBytes);
  if (!text) {
    return fail(err::key_unreadable, path.string(), {{"detail", text.error().args["detail"]}});
  }
  auto seed = unhex(trim(*text));
  wipe(*text);
  if (!seed || seed->size() != 32) {
    return fail(err::key_unreadable, path.string(), {{"detail", "not 64 hex digits"}});
  }
  auto pair = key_pair_from_seed(*seed);
  wipe(*seed);
  if (const mode_t mode = mode_of(path); (mode & kOthersRead) != 0) {
    if (pair) wipe(pair->secret_key);
    return fail(err::key_open, path.string(), {{"mode", octal(mode)}});
  }
  return pair;
}

bool is_fingerprint(std::string_view text) {
  const std::string shape = fingerprint("");
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::string_view("0123456789abcdef").find(text[i]) != std::string::npos;
    if (shape[i] == '-' ? text[i] != '-' : !digit) return false;
  }
  return true;
}

}  // namespace

Result<KeyPair> own_key(const fs::path& folder) {
  const fs::path path = folder / "key";
  std::error_code ec;
  if (fs::exists(path, ec)) return read_own_key(path);
  KHIEN_DO(make_folder(folder, Access::owner));
  KHIEN_TRY(KeyPair pair, make_key_pair());
  std::string seed = hex(pair.secret_key) + "\n";
  const auto done = write_new_file(path, seed, Access::owner);
  wipe(seed);
  if (done) return pair;
  wipe(pair.secret_key);
  // Another first run at the same time was faster: its key is ours.
  if (fs::exists(path, ec)) return read_own_key(path);
  return pass_on(done.error());
}

Result<std::vector<KnownKey>> known_keys(const fs::path& folder) {
  const fs::path path = folder / "known_keys";
  std::vector<KnownKey> out;
  std::error_code ec;
  if (!fs::exists(path, ec)) return out;
  if (const mode_t mode = mode_of(path); (mode & kOthersWrite) != 0) {
    return fail(err::known_keys_open, path.string(), {{"mode", octal(mode)}});
  }
  KHIEN_TRY(const std::string text, read_file(path, kKnownKeysBytes));
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string print(line.substr(0, space));
    if (!line.empty()) {
      out.push_back({print, std::string(trim(line.substr(space))), is_fingerprint(print)});
    }
  }
  return out;
}

Done trust_key(const fs::path& folder, const std::string& print, const std::string& name) {
  const fs::path path = folder / "known_keys";
  if (!is_fingerprint(print)) return fail(err::key_name_invalid, print, {{"detail", print}});
  const std::string label = squeeze(nfc(name));
  if (label.empty() || visible(name) != name) {
    return fail(err::key_name_invalid, print, {{"detail", name}});
  }
  KHIEN_TRY(const std::vector<KnownKey> known, known_keys(folder));
  std::string text;
  for (const KnownKey& key : known) {
    if (key.fingerprint != print) text += key.fingerprint + " " + key.name + "\n";
  }
  KHIEN_DO(make_folder(folder, Access::owner));
  return write_file(path, text + print + " " + label + "\n", Access::owner);
}

std::string known_key_name(const fs::path& folder, std::string_view public_key) {
  const auto known = known_keys(folder);
  if (!known) return "";
  const std::string wanted = fingerprint(public_key);
  for (const KnownKey& key : *known) {
    if (key.fingerprint == wanted) return key.name;
  }
  return "";
}

}  // namespace khien
