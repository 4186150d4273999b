# Every src/<room>/**/<stem>_fuzz.cc is a fuzzer <room>_<stem> with its seeds in
# tests/fuzz_corpus/<room>_<stem>/ (or <stem>/).
#   always         one program, fuzz_replay, runs all seeds of all fuzzers: part of ./test
#   KHIEN_FUZZ=ON  one libFuzzer program each, target `fuzzers`: bench/fuzz_all
if(KHIEN_FUZZ)
  # No precompiled headers with clang; the same headers by hand.
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/fuzz_prelude.h CONTENT [[
#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/core.h>
#include <tl/expected.hpp>
]])
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-include${CMAKE_BINARY_DIR}/fuzz_prelude.h>)
  add_custom_target(fuzzers)
endif()

function(khien_fuzzers)
  get_property(sources GLOBAL PROPERTY KHIEN_FUZZERS)
  set(declared "")
  set(listed "")
  set(objects "")
  set(room_libraries "")
  foreach(source ${sources})
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/src ${source})
    string(REGEX REPLACE "/.*" "" room ${path})
    get_filename_component(stem ${source} NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" stem ${stem})
    set(name ${room}_${stem})
    list(APPEND room_libraries khien_${room})
    # Each source defines the same symbol, so each gets its own name for it.
    add_library(fuzz_object_${name} OBJECT ${source})
    target_compile_definitions(fuzz_object_${name}
                               PRIVATE LLVMFuzzerTestOneInput=khien_fuzz_${name})
    target_link_libraries(fuzz_object_${name} PRIVATE khien_${room})
    khien_pch(fuzz_object_${name})
    list(APPEND objects $<TARGET_OBJECTS:fuzz_object_${name}>)
    string(APPEND declared "extern \"C\" int khien_fuzz_${name}(const uint8_t*, size_t);\n")
    string(APPEND listed "    {\"${room}\", \"${stem}\", khien_fuzz_${name}},\n")
    if(KHIEN_FUZZ)
      add_executable(fuzz_${name} ${source})
      target_link_libraries(fuzz_${name} PRIVATE khien_${room} khien_content -fsanitize=fuzzer)
      add_dependencies(fuzzers fuzz_${name})
    endif()
  endforeach()
  if(NOT sources)
    return()
  endif()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/fuzz_list.inc CONTENT
"${declared}
const Fuzzer kFuzzers[] = {
${listed}};
")
  list(REMOVE_DUPLICATES room_libraries)
  add_executable(fuzz_replay ${CMAKE_SOURCE_DIR}/tests/house/fuzz_replay.cc ${objects})
  target_include_directories(fuzz_replay PRIVATE ${CMAKE_BINARY_DIR})
  target_compile_definitions(fuzz_replay PRIVATE KHIEN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(fuzz_replay PRIVATE ${room_libraries} khien_content GTest::gtest)
  add_test(NAME fuzz COMMAND fuzz_replay)
endfunction()
