// Colour is told from ink by its saturation: black letters under a seal stay dark and grey.
#include "dispatch/picture.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include "base/limits.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

constexpr std::int64_t kPixels = 60'000'000;  // A3 at 400 dots an inch
constexpr int kDpi = 300;
constexpr float kPageInches = 8.27F;          // the short side of A4
constexpr int kColour = 48;                   // between the strongest and the weakest channel
constexpr int kInk = 90;                      // the strongest channel of letters, of paper
constexpr int kPaper = 170;
constexpr float kSure = 3.0F;                 // leptonica's confidence in a skew

struct PixFree {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using Pix_ = std::unique_ptr<PIX, PixFree>;

const l_uint8* data_of(std::string_view bytes) {
  return reinterpret_cast<const l_uint8*>(bytes.data());
}

bool is_tiff(std::string_view bytes) {
  return bytes.starts_with(std::string_view("II*\0", 4)) ||
         bytes.starts_with(std::string_view("MM\0*", 4));
}

Pix_ decode(std::string_view bytes, int page) {
  if (is_tiff(bytes)) {
    std::size_t offset = 0;
    Pix_ out;
    for (int i = 0; i <= page; ++i) {
      out.reset(pixReadMemFromMultipageTiff(data_of(bytes), bytes.size(), &offset));
      if (out == nullptr || (offset == 0 && i < page)) return nullptr;
    }
    return out;
  }
  return Pix_(pixReadMem(data_of(bytes), bytes.size()));
}

int count_pages(std::string_view bytes) {
  if (!is_tiff(bytes)) return 1;
  std::size_t offset = 0;
  int n = 0;
  do {
    const Pix_ pix(pixReadMemFromMultipageTiff(data_of(bytes), bytes.size(), &offset));
    if (pix == nullptr) break;
    ++n;
  } while (offset != 0 && n < static_cast<int>(limits::dispatch_pages));
  return std::max(n, 1);
}

// Grey, with what is coloured paled to paper.
Pix_ to_grey(PIX* pix) {
  const Pix_ colour(pixConvertTo32(pix));
  if (colour == nullptr) return nullptr;
  const l_int32 wide = pixGetWidth(colour.get());
  const l_int32 high = pixGetHeight(colour.get());
  Pix_ grey(pixCreate(wide, high, 8));
  if (grey == nullptr) return nullptr;
  for (l_int32 y = 0; y < high; ++y) {
    const l_uint32* from = pixGetData(colour.get()) + std::ptrdiff_t{y} * pixGetWpl(colour.get());
    l_uint32* to = pixGetData(grey.get()) + std::ptrdiff_t{y} * pixGetWpl(grey.get());
    for (l_int32 x = 0; x < wide; ++x) {
      const int r = static_cast<int>(from[x] >> 24);
      const int g = static_cast<int>((from[x] >> 16) & 0xFF);
      const int b = static_cast<int>((from[x] >> 8) & 0xFF);
      const int most = std::max({r, g, b});
      const int least = std::min({r, g, b});
      // under a stamp paper keeps its strongest channel, black letters do not
      const bool stamp = most - least > kColour && most > kInk;
      const int paled = std::min(255, (most - kInk) * 255 / (kPaper - kInk));
      SET_DATA_BYTE(to, x, stamp ? paled : (r * 77 + g * 150 + b * 29) >> 8);
    }
  }
  return grey;
}

// Degrees that `grey` is to be turned by; 0 when it stands straight or nothing tells.
float skew_of(PIX* grey) {
  const Pix_ black(pixThresholdToBinary(grey, 150));
  l_float32 angle = 0;
  l_float32 sure = 0;
  if (black == nullptr || pixFindSkew(black.get(), &angle, &sure) != 0) return 0;
  return sure < kSure || std::abs(angle) < 0.1F ? 0 : angle;
}

double straighten(Pix_& pix, float angle) {
  constexpr float kRadians = 0.017453293F;
  if (angle == 0) return 0;
  Pix_ turned(pixRotate(pix.get(), angle * kRadians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
  if (turned == nullptr) return 0;
  pix = std::move(turned);
  return angle;
}

int dpi_of(PIX* pix) {
  const int said = pixGetXRes(pix);
  if (said >= 100 && said <= 1200) return said;
  const int side = std::min(pixGetWidth(pix), pixGetHeight(pix));
  return std::clamp(static_cast<int>(static_cast<float>(side) / kPageInches), 50, 1200);
}

std::string to_pgm(PIX* grey) {
  const l_int32 wide = pixGetWidth(grey);
  const l_int32 high = pixGetHeight(grey);
  std::string out = fmt::format("P5\n{} {}\n255\n", wide, high);
  out.reserve(out.size() + static_cast<std::size_t>(wide) * static_cast<std::size_t>(high));
  for (l_int32 y = 0; y < high; ++y) {
    const l_uint32* line = pixGetData(grey) + std::ptrdiff_t{y} * pixGetWpl(grey);
    for (l_int32 x = 0; x < wide; ++x) out += static_cast<char>(GET_DATA_BYTE(line, x));
  }
  return out;
}

// One page, within the limits on pixels.
Result<Pix_> decode_page(std::string_view bytes, int page, const std::string& name) {
  setMsgSeverity(L_SEVERITY_NONE);
  l_int32 format = 0;
  l_int32 wide = 0;
  l_int32 high = 0;
  if (pixReadHeaderMem(data_of(bytes), bytes.size(), &format, &wide, &high, nullptr, nullptr,
                       nullptr) != 0 || wide <= 0 || high <= 0) {
    return fail(err::document_broken, name, {{"detail", "image header cannot be read"}});
  }
  if (std::int64_t{wide} * high > kPixels)
    return fail(err::document_bomb, name, {{"limit", std::to_string(kPixels)}});
  Pix_ pix = decode(bytes, page);
  if (pix == nullptr)
    return fail(err::document_broken, name, {{"detail", "image cannot be decoded"}});
  if (std::int64_t{pixGetWidth(pix.get())} * pixGetHeight(pix.get()) > kPixels)
    return fail(err::document_bomb, name, {{"limit", std::to_string(kPixels)}});
  return pix;
}

}  // namespace

Result<PagePicture> prepare_picture(std::string_view bytes, int page, const std::string& name) {
  KHIEN_TRY(const Pix_ pix, decode_page(bytes, page, name));
  const int dpi = dpi_of(pix.get());
  Pix_ grey = to_grey(pix.get());
  if (grey == nullptr)
    return fail(err::document_broken, name, {{"detail", "image cannot be decoded"}});
  PagePicture out;
  out.pages = page == 0 ? count_pages(bytes) : 1;
  out.turned = straighten(grey, skew_of(grey.get()));
  out.dpi = dpi;
  if (dpi < 0.85 * kDpi || dpi > 1.35 * kDpi) {
    const float scale = static_cast<float>(kDpi) / static_cast<float>(dpi);
    Pix_ scaled(pixScale(grey.get(), scale, scale));
    if (scaled != nullptr) {
      grey = std::move(scaled);
      out.dpi = kDpi;
    }
  }
  out.pgm = to_pgm(grey.get());
  return out;
}

Result<std::string> page_to_look_at(std::string_view bytes, int page, const std::string& name) {
  constexpr l_int32 kQuality = 72;
  const auto broken = [&] {
    return fail(err::document_broken, name, {{"detail", "image cannot be decoded"}});
  };
  KHIEN_TRY(const Pix_ pix, decode_page(bytes, page, name));
  const Pix_ grey = to_grey(pix.get());
  Pix_ out(pixConvertTo32(pix.get()));
  if (grey == nullptr || out == nullptr) return broken();
  straighten(out, skew_of(grey.get()));
  const float scale = static_cast<float>(kLookPixels) / static_cast<float>(pixGetWidth(out.get()));
  if (scale < 1) out.reset(pixScale(out.get(), scale, scale));
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (out == nullptr || pixWriteMemJpeg(&data, &size, out.get(), kQuality, 0) != 0) return broken();
  std::string jpeg(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  return jpeg;
}

}  // namespace khien
