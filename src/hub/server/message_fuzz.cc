// The first line and the fields of a request, as they come from anybody.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/server/answering.h"
#include "hub/server/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  khien::hub::Request request;
  if (!khien::hub::parse_target(text.substr(0, line), request)) return 0;
  const std::string rest(text.substr(line));
  request.method = "GET";
  request.headers = {{"cookie", rest}, {"range", rest.substr(rest.empty() ? 0 : 1)},
                     {"if-none-match", rest}};
  if (request.cookie("khien").size() > rest.size()) __builtin_trap();
  khien::hub::Response response = khien::hub::download("0123456789", "text/plain", request.path);
  const khien::hub::Sending sending = khien::hub::prepare_sending(request, response);
  if (sending.length && sending.from + *sending.length > 10) __builtin_trap();
  return 0;
}
