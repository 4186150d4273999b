# A room is a folder of src/ and one static library khien_<room>. Sources are found, not listed:
# a new file needs no edit here. *_test.cc go to the room's one test binary (tests/), *_fuzz.cc to
# one fuzz target each.
function(khien_pch target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT KHIEN_FUZZ)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cstdint> <filesystem>
      <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
      <utility> <variant> <vector> <tl/expected.hpp> <fmt/core.h> ${ARGN})
  endif()
endfunction()

# Half of the time of a build goes into the same templates again for each file, so the files of a
# folder are compiled together, six at a time. A file whose private names clash with those of its
# neighbours is named under APART in CMakeLists.txt.
function(khien_together target apart)
  if(NOT KHIEN_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(source ${ARGN})
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/src ${source})
    if(path IN_LIST apart)
      continue()
    endif()
    get_filename_component(folder ${path} DIRECTORY)
    string(MAKE_C_IDENTIFIER ${folder} folder)
    if(NOT DEFINED count_${folder})
      set(count_${folder} 0)
    endif()
    math(EXPR count_${folder} "${count_${folder}} + 1")
    math(EXPR part "(${count_${folder}} - 1) / 6")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${part})
  endforeach()
endfunction()

function(room name)
  cmake_parse_arguments(R "" "" "ROOMS;LIBS;APART" ${ARGN})
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
  khien_together(khien_${name} "${R_APART}" ${sources})
  set_property(GLOBAL APPEND PROPERTY KHIEN_ROOMS ${name})
  set_property(GLOBAL APPEND PROPERTY KHIEN_FUZZERS ${fuzzers})
endfunction()
