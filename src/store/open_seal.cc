// Opening what is sealed, and this installation's own and known keys.
#include <fcntl.h>
#include <sys/stat.h>

#include <cstring>

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

Result<KeyPair> own_key(const fs::path& folder) {
  const fs::path path = folder / "key";
  if (auto text = read_file(path, kKeyFileBytes)) {
    auto seed = unhex(trim(*text));
    wipe(*text);
    if (!seed || seed->size() != 32) {
      return fail(err::key_unreadable, path.string(), {{"detail", "not 64 hex digits"}});
    }
    auto pair = key_pair_from_seed(*seed);
    wipe(*seed);
    return pair;
  } else if (std::error_code ec; fs::exists(path, ec)) {
    return fail(err::key_unreadable, path.string(), {{"detail", text.error().args["detail"]}});
  }
  KHIEN_DO(make_folder(folder, Access::owner));
  KHIEN_TRY(KeyPair pair, make_key_pair());
  std::string seed = hex(pair.secret_key) + "\n";
  const auto done = write_new_file(path, seed, Access::owner);
  wipe(seed);
  if (!done) return pass_on(done.error());
  return pair;
}

std::string known_key_name(const fs::path& folder, std::string_view public_key) {
  const auto text = read_file(folder / "known_keys", kKnownKeysBytes);
  if (!text) return "";
  const std::string wanted = fingerprint(public_key);
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view line = trim(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(rest.size(), rest.find('\n') == std::string_view::npos
                                                 ? rest.size() : rest.find('\n') + 1));
    if (line.starts_with(wanted + " ")) return std::string(trim(line.substr(wanted.size())));
  }
  return "";
}

}  // namespace khien
