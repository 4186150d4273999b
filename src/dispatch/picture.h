// A page as a picture (PNG, JPEG, TIFF, BMP, GIF, PPM), made ready for character recognition: red
// seals and coloured stamps paled, grey, straight, at about 300 dots an inch. Runs in a worker;
// leptonica from memory only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

struct PagePicture {
  std::string pgm;        // P5, 8 bits a pixel
  int dpi = 300;          // of `pgm`
  double turned = 0;      // degrees it was turned to stand straight
  int pages = 1;          // in the file (TIFF)
};

// `page` from 0. K0307, K0308 (too many pixels).
[[nodiscard]] Result<PagePicture> prepare_picture(std::string_view bytes, int page,
                                                  const std::string& name);

// The same page for people: in colour, straight as the one that was read, at most kLookPixels wide,
// as JPEG. K0307, K0308.
[[nodiscard]] Result<std::string> page_to_look_at(std::string_view bytes, int page,
                                                  const std::string& name);
inline constexpr int kLookPixels = 1240;  // A4 at 150 dots an inch

}  // namespace khien
