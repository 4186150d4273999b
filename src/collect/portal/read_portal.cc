// What agency.yaml says of a portal; a field we do not know is named with its line.
#include "base/file.h"
#include "collect/network/address.h"
#include "collect/portal/portal.h"
#include "collect/source/fields.h"
#include "engine/portal/errors.h"
#include "engine/portal/url.h"
#include "engine/portal/words.h"

namespace khien {

Result<PortalSpec> portal_spec(const Node& map, const std::string& place) {
  KHIEN_DO(allow_keys(map, {"type", "url", "words", "pages", "delay_ms", "trusted",
                               "allow_private"}, place));
  PortalSpec out;
  KHIEN_TRY(out.url, need_text(map, "url", place));
  KHIEN_TRY([[maybe_unused]] const auto url,
            target_field(portal::parse_url(out.url), map, "url", place));
  KHIEN_TRY(out.pages, number_field(map, "pages", 30, 1, kPortalPages, place));
  KHIEN_TRY(out.delay_ms, number_field(map, "delay_ms", 1000, 0, 60'000, place));
  for (const std::string& host : map["trusted"].texts()) {
    KHIEN_TRY(out.trusted.emplace_back(),
              target_field(net::parse_domain(host), map, "trusted", place));
  }
  KHIEN_TRY(out.allow_private, flag_field(map, "allow_private", place));
  return out;
}

Done read_words(PortalSpec& spec, const std::filesystem::path& file, const std::string& written) {
  KHIEN_TRY(spec.words, read_file(file, portal::kWordsFileBytes));
  spec.words_place = written;
  if (spec.words.empty()) return fail(err::words_invalid, written, {{"detail", "0"}});
  return {};
}

Result<std::string> check_portal(const Node& map, const std::string& place) {
  KHIEN_TRY(PortalSpec spec, portal_spec(map, place));
  return std::move(spec.url);
}

Collections read_portal(const AgencySource& source, Reading& reading) {
  KHIEN_TRY(PortalSpec spec, portal_spec(source.fields, source.place));
  if (const std::string words = source.text("words"); !words.empty()) {
    KHIEN_DO(read_words(spec, source.folder / words, words));
  }
  return one(collect_portal(spec, reading.content, reading.pool, reading.clock));
}

}  // namespace khien
