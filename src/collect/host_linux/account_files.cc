// Parsers only: where the files lie and what may not be read is accounts.cc's business.
#include "collect/host_linux/account_files.h"

#include <cstring>

#include "format/crypt_scheme.h"

namespace khien::host {

bool Passwd::may_log_in() const {
  const std::string_view name = std::string_view(shell).substr(shell.rfind('/') + 1);
  return name != "nologin" && name != "false" && name != "sync" && name != "halt" &&
         name != "shutdown";
}

std::vector<Passwd> parse_passwd(std::string_view text) {
  std::vector<Passwd> out;
  each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> f = split(line, ':');
    if (f.size() != 7 || f[0].empty() || f[0][0] == '+' || f[0][0] == '-') return;
    const auto uid = number(f[2]);
    const auto gid = number(f[3]);
    if (!uid || !gid || *uid < 0 || *gid < 0) return;
    Passwd p;
    p.login = f[0];
    p.empty_password = f[1].empty();
    p.uid = *uid;
    p.gid = *gid;
    p.gecos = f[4].substr(0, f[4].find(','));
    p.home = f[5];
    p.shell = f[6];
    out.push_back(std::move(p));
  });
  return out;
}

std::map<std::string, Shadow> parse_shadow(std::string_view text) {
  std::map<std::string, Shadow> out;
  each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> f = split(line, ':');
    if (f.size() < 8 || f.size() > 9 || f[0].empty()) return;
    Shadow s;
    std::string_view hash = f[1];
    s.locked = !hash.empty() && (hash[0] == '!' || hash[0] == '*');
    while (!hash.empty() && hash[0] == '!') hash.remove_prefix(1);
    s.scheme = f[1].empty() ? "" : hash.empty() ? "none" : crypt_scheme(hash);
    s.changed_day = number(f[2]);
    s.max_days = number(f[4]);
    s.expire_day = number(f[7]);
    out.emplace(std::string(f[0]), std::move(s));
  });
  return out;
}

std::vector<Group> parse_group(std::string_view text) {
  std::vector<Group> out;
  each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> f = split(line, ':');
    const auto gid = f.size() == 4 ? number(f[2]) : std::nullopt;
    if (!gid || f[0].empty()) return;
    Group g{std::string(f[0]), *gid, {}};
    for (const std::string_view member : split(f[3], ',')) {
      if (!bare(member).empty()) g.members.emplace_back(bare(member));
    }
    out.push_back(std::move(g));
  });
  return out;
}

std::optional<std::int64_t> parse_lastlog_record(std::string_view record) {
  if (record.size() < kLastlogRecord) return std::nullopt;
  std::uint32_t seconds = 0;  // unsigned since glibc 2.x reads it past 2038
  std::memcpy(&seconds, record.data(), sizeof seconds);
  if (seconds == 0) return std::nullopt;
  return std::int64_t{seconds} * 1000;
}

std::map<std::string, std::int64_t> parse_wtmp(std::string_view bytes) {
  std::map<std::string, std::int64_t> out;
  constexpr std::int16_t user_process = 7;
  for (; bytes.size() >= kWtmpRecord; bytes.remove_prefix(kWtmpRecord)) {
    std::int16_t type = 0;
    std::uint32_t seconds = 0;
    std::memcpy(&type, bytes.data(), sizeof type);
    std::memcpy(&seconds, bytes.data() + 340, sizeof seconds);
    std::string_view user = bytes.substr(44, 32);
    user = user.substr(0, user.find('\0'));
    if (type != user_process || user.empty() || seconds == 0) continue;
    std::int64_t& at = out[std::string(user)];
    at = std::max(at, std::int64_t{seconds} * 1000);
  }
  return out;
}

}  // namespace khien::host
