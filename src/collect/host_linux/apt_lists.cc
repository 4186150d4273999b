// Pending updates from the lists apt left on the machine. A package is pending when a list that
// apt would take from by itself offers a later version; it is a security update when a security
// archive does. Pins other than NotAutomatic are not weighed: holding back is shown, not hidden.

#include <unistd.h>

#include "base/calendar.h"
#include "collect/host_linux/packages.h"
#include "format/dates.h"
#include "format/deb_version.h"
#include "format/lz4.h"

namespace khien::host {
namespace {

constexpr std::string_view kLists = "/var/lib/apt/lists";

struct Offer {
  std::string candidate, list;
  bool security = false;
  std::optional<std::int64_t> lists_at;
};

struct ListFile {
  std::string name;
  std::string compression;  // "", "lz4"; others are not read
};

// "…_Packages", "…_Packages.lz4"; nullopt for other files.
std::optional<ListFile> as_list(const std::string& name) {
  const std::size_t at = name.rfind("_Packages");
  if (at == std::string::npos) return std::nullopt;
  const std::string tail = name.substr(at + 9);
  if (tail.empty()) return ListFile{name, ""};
  if (tail[0] != '.' || tail.size() > 5) return std::nullopt;
  return ListFile{name, tail.substr(1)};
}

using Releases = std::map<std::string, ReleaseFacts>;  // by prefix of the file name

Releases read_releases(const Files& files, const std::vector<std::string>& names) {
  Releases out;
  for (const std::string& name : names) {
    for (const std::string_view end : {"_InRelease", "_Release"}) {
      if (!name.ends_with(end)) continue;
      const FileBytes text = files.head(std::string(kLists) + "/" + name, kTextBytes);
      if (text.ok()) out[name.substr(0, name.size() - end.size())] = parse_release(text.bytes);
    }
  }
  return out;
}

const ReleaseFacts* release_of(const Releases& releases, const std::string& list) {
  const ReleaseFacts* best = nullptr;
  std::size_t length = 0;
  for (const auto& [prefix, facts] : releases) {
    if (prefix.size() >= length && list.starts_with(prefix + "_")) {
      best = &facts;
      length = prefix.size();
    }
  }
  return best;
}

// Feeds one list to `use`; false when it could not be read to its end.
template <class Use>
bool feed_list(const Files& files, const ListFile& list, Use&& use) {
  Problem problem = Problem::none;
  Info info;
  const Fd fd = files.open_file(std::string(kLists) + "/" + list.name, &problem, &info);
  if (problem != Problem::none) return false;
  bool broken = false;
  const auto read = [&](std::size_t count) {
    std::string out(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      const ssize_t n = ::read(fd.get(), out.data() + got, count - got);
      if (n < 0) broken = true;
      if (n <= 0) break;
      got += static_cast<std::size_t>(n);
    }
    out.resize(got);
    return out;
  };
  StanzaReader stanzas;
  std::size_t total = 0;
  Lz4Reader lz4(read);
  for (;;) {
    std::string plain;
    std::string_view piece;
    if (list.compression == "lz4") {
      const auto block = lz4.next();
      if (!block) return false;
      piece = *block;
    } else {
      plain = read(std::size_t{1} << 18);
      piece = plain;
    }
    total += piece.size();
    if (broken || total > kListBytes) return false;
    if (piece.empty()) break;
    stanzas.feed(piece, use);
  }
  stanzas.finish(use);
  return true;
}

bool same_machine(const Package& package, const Stanza& offer) {
  return offer.architecture == package.architecture || offer.architecture == "all" ||
         package.architecture == "all";
}

// Notes what `list` offers beyond the installed packages.
bool weigh_list(const Files& files, const ListFile& list, const ReleaseFacts& release,
                const Packages& packages, std::vector<Offer>& offers) {
  return feed_list(files, list, [&](const Stanza& s) {
    const Package* package = packages.find(s.package);
    if (package == nullptr || s.version.empty()) return;
    const Package* const end = packages.installed.data() + packages.installed.size();
    for (; package != end && package->name == s.package; ++package) {
      if (!same_machine(*package, s)) continue;
      if (compare_deb_version(s.version, package->version) <= 0) continue;
      Offer& offer = offers[static_cast<std::size_t>(package - packages.installed.data())];
      if (release.is_security()) {
        offer.security = true;
        offer.lists_at = release.date_at;
      }
      if (offer.candidate.empty() || compare_deb_version(s.version, offer.candidate) > 0) {
        offer.candidate = s.version;
        offer.list = list.name;
        if (!offer.security) offer.lists_at = release.date_at;
      }
    }
  });
}

void take_date(std::optional<std::int64_t>& newest, std::optional<std::int64_t> date) {
  if (date && (!newest || *date > *newest)) newest = date;
}

}  // namespace

bool ReleaseFacts::is_security() const {
  return suite.ends_with("-security") || codename.ends_with("-security") ||
         suite.ends_with("/updates") || codename.ends_with("/updates") ||
         label == "Debian-Security";
}

ReleaseFacts parse_release(std::string_view text) {
  ReleaseFacts out;
  const auto field = [](std::string_view line, std::string_view name, std::string& to) {
    if (line.starts_with(name)) to = bare(line.substr(name.size()));
  };
  std::string date;
  std::string not_automatic;
  each_line(text, [&](std::string_view line) {
    field(line, "Suite:", out.suite);
    field(line, "Codename:", out.codename);
    field(line, "Label:", out.label);
    field(line, "Date:", date);
    field(line, "NotAutomatic:", not_automatic);
  });
  out.date_at = mail_date_ms(date);
  out.not_automatic = not_automatic == "yes";
  return out;
}

Updates read_updates(const Files& files, const Packages& packages) {
  Updates out;
  const Listing folder = files.list(std::string(kLists));
  out.problem = folder.problem;
  const Releases releases = read_releases(files, folder.names);
  std::vector<Offer> offers(packages.installed.size());
  for (const std::string& name : folder.names) {
    const std::optional<ListFile> list = as_list(name);
    if (!list) continue;
    const ReleaseFacts* known = release_of(releases, name);
    ReleaseFacts release = known == nullptr ? ReleaseFacts{} : *known;
    if (known == nullptr && name.find("-security_") != std::string::npos) {
      release.suite = "-security";
    }
    if (release.not_automatic) continue;
    const bool readable = list->compression.empty() || list->compression == "lz4";
    if (!readable || out.lists_read >= kListFiles ||
        !weigh_list(files, *list, release, packages, offers)) {
      out.unread.push_back(name);
      continue;
    }
    ++out.lists_read;
    if (release.is_security()) {
      const bool dated = release.date_at && (!out.security_source || out.security_at);
      if (!dated) out.security_at.reset();
      else out.security_at = std::min(*release.date_at, out.security_at.value_or(*release.date_at));
      out.security_source = true;
    }
    take_date(out.lists_at, release.date_at);
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const Package& p = packages.installed[i];
    const Offer& o = offers[i];
    if (o.candidate.empty()) continue;
    out.pending.push_back({p.name, p.version, o.candidate, o.list, o.security, p.held, o.lists_at});
  }
  return out;
}

}  // namespace khien::host
