// khien serve: the hub. On 127.0.0.1 for one office, on a network for a centre.
#include <CLI/CLI.hpp>

#include <sys/stat.h>

#include <charconv>

#include "app/console_assets.h"
#include "app/context.h"
#include "app/version.h"
#include "base/environment.h"
#include "hub/errors.h"
#include "hub/service/service.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kNeverTold = 1'000;
constexpr const char* kListen = "127.0.0.1:8765";

struct ServeOptions {
  fs::path data;
  std::string listen = kListen;
  fs::path certificate, key;
};

Result<hub::ServerOptions> parse_listen(const ServeOptions& options) {
  hub::ServerOptions out;
  const std::string& text = options.listen;
  const std::size_t colon = text.rfind(':');
  const std::string host = text.substr(0, colon == std::string::npos ? 0 : colon);
  unsigned port = 65536;
  const char* end = text.data() + text.size();
  if (colon != std::string::npos) {
    const auto [stop, code] = std::from_chars(text.data() + colon + 1, end, port);
    if (code != std::errc() || stop != end) port = 65536;
  }
  if (host.empty() || port > 65535) return fail(err::hub_address, "--listen", {{"value", text}});
  out.address = host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2)
                : host == "localhost"                        ? "127.0.0.1"
                                                             : host;
  out.port = static_cast<std::uint16_t>(port);
  out.certificate = options.certificate;
  out.key = options.key;
  out.signals = true;
  return out;
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

// At 30, 7 and 1 days, and each day from then on; once for each.
void warn_of(Context& context, std::int64_t days, std::int64_t& told) {
  const bool due = days <= 1 || (days <= 7 && told > 7) || (days <= 30 && told > 30);
  if (!due || told == days) return;
  told = days;
  note(context.say("app.serve.certificate_ends", {{"days", days}}));
}

void tell_of(Context& context, const hub::CertificateNews& news, std::int64_t& told) {
  using What = hub::CertificateNews::What;
  if (news.what == What::days) return warn_of(context, news.days, told);
  if (news.what == What::refused) {
    note(context.say("app.serve.certificate_refused",
                     {{"why", context.texts.error(*news.error)}}));
    return;
  }
  told = kNeverTold;
  note(context.say("app.serve.certificate_renewed", {{"fingerprint", news.fingerprint}}));
}

void run(Context& context, const ServeOptions& given) {
  ::umask(077);
  hub::ServiceOptions options;
  options.folder = given.data.empty() ? state_folder() / "hub" : given.data;
  options.version = kVersion;
  options.assets = console_asset;
  auto server = parse_listen(given);
  if (!server) return context.report(server.error(), usage);
  options.server = std::move(*server);
  options.mode = is_loopback(options.server.address) ? hub::Mode::office : hub::Mode::centre;
  options.certificate_news = [&context, told = std::int64_t{kNeverTold}](
                                 const hub::CertificateNews& news) mutable {
    tell_of(context, news, told);
  };
  auto service = hub::Service::open(std::move(options), context.content, context.clock);
  if (!service) return context.report(service.error());
  const auto link = (*service)->first_link();
  if (!link) return context.report(link.error());
  print(context.say("app.serve.listening", {{"address", (*service)->origin()}}));
  if (const std::string seal = (*service)->certificate_print(); !seal.empty()) {
    print(context.say("app.serve.fingerprint", {{"fingerprint", seal}}));
  }
  if (!link->empty()) print(context.say("app.serve.link", {{"link", *link}}));
  std::fflush(stdout);
  if (const auto ran = (*service)->run(); !ran) return context.report(ran.error());
  print(context.say("app.serve.stopped"));
}

}  // namespace

void add_serve(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("serve", context.say("app.serve.about"));
  auto options = std::make_shared<ServeOptions>();
  command->add_option("--data", options->data, context.say("app.serve.data"));
  command->add_option("--listen", options->listen, context.say("app.serve.listen"));
  auto* cert = command->add_option("--cert", options->certificate, context.say("app.serve.cert"));
  auto* key = command->add_option("--key", options->key, context.say("app.serve.key"));
  cert->needs(key);  // one alone would serve without the other's protection
  key->needs(cert);
  command->callback([options, &context] { run(context, *options); });
}

}  // namespace khien::app
