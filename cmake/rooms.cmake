# A room is a folder of src/ and one static library khien_<room>. Sources are found, not listed:
# a new file needs no edit here. *_test.cc go to the room's one test binary (tests/), *_fuzz.cc to
# one fuzz target each.
function(khien_pch target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT KHIEN_FUZZ)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cstdint> <filesystem>
      <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
      <utility> <variant> <vector> <tl/expected.hpp> <fmt/core.h>)
  endif()
endfunction()

function(room name)
  cmake_parse_arguments(R "" "" "ROOMS;LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  set(fuzzers ${sources})
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  # *_win32.cc are for the program for Windows alone (cmake/windows.cmake).
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|_win32)\\.cc$")
  add_library(khien_${name} STATIC ${sources})
  target_include_directories(khien_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM R_ROOMS PREPEND khien_)
  target_link_libraries(khien_${name} PUBLIC ${R_ROOMS} ${R_LIBS})
  khien_pch(khien_${name})
  set_property(GLOBAL APPEND PROPERTY KHIEN_ROOMS ${name})
  set_property(GLOBAL APPEND PROPERTY KHIEN_FUZZERS ${fuzzers})
endfunction()
