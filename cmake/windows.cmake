# thu-thap.exe: the collector for Windows, from the same sources. The only libraries are SQLite (its
# amalgamation, given by KHIEN_SQLITE) and the headers of fmt and tl::expected of the build machine.
#   KHIEN_SQLITE  folder with sqlite3.c and sqlite3.h
#   KHIEN_BLOB    content as khien_pack packed it on the build machine
foreach(given KHIEN_SQLITE KHIEN_BLOB)
  if(NOT ${given})
    message(FATAL_ERROR "-D${given}=... is missing; ./run windows gives it")
  endif()
endforeach()

# Only two header-only libraries of the build machine may be seen, not its whole /usr/include.
set(headers ${CMAKE_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${headers})
foreach(library fmt tl)
  if(NOT EXISTS ${headers}/${library})
    file(CREATE_LINK /usr/include/${library} ${headers}/${library} SYMBOLIC)
  endif()
endforeach()

set(blob_asm ${CMAKE_BINARY_DIR}/content_blob.S)
set(underscore "")
if(KHIEN_WINDOWS_ARCH STREQUAL "i686")
  set(underscore "_")
endif()
file(CONFIGURE OUTPUT ${blob_asm} CONTENT
"    .section .rdata,\"dr\"
    .global ${underscore}khien_content_begin
    .global ${underscore}khien_content_end
    .balign 16
${underscore}khien_content_begin:
    .incbin \"${KHIEN_BLOB}\"
${underscore}khien_content_end:
    .byte 0
")
enable_language(ASM RC)
set_source_files_properties(${blob_asm} PROPERTIES OBJECT_DEPENDS ${KHIEN_BLOB})

add_library(sqlite STATIC ${KHIEN_SQLITE}/sqlite3.c)
target_compile_options(sqlite PRIVATE -w)
target_compile_definitions(sqlite PRIVATE
  SQLITE_THREADSAFE=0 SQLITE_DQS=0 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_OMIT_LOAD_EXTENSION
  SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE 
  SQLITE_OMIT_AUTHORIZATION SQLITE_OMIT_TRACE SQLITE_OMIT_UTF16 SQLITE_TEMP_STORE=3)

set(base calendar clock content error near node sqlite utf8)
set(store assessment bundle_bytes facts model seal)
list(TRANSFORM base REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/src/base/\\1.cc")
list(TRANSFORM store REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/src/store/\\1.cc")
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/windows/*.cc
     ${CMAKE_SOURCE_DIR}/src/collect/host_windows/*.cc
     ${CMAKE_SOURCE_DIR}/src/format/browser_store/*.cc
     ${CMAKE_SOURCE_DIR}/src/format/windows/*.cc)
list(FILTER sources EXCLUDE REGEX "(_test|_fuzz)\\.cc$")
add_executable(thu-thap ${sources} ${base} ${store}
  ${CMAKE_SOURCE_DIR}/tools/content_blob.cc ${blob_asm}
  ${CMAKE_SOURCE_DIR}/packaging/windows/thu-thap.rc)
target_include_directories(thu-thap PRIVATE src)
target_include_directories(thu-thap SYSTEM PRIVATE ${headers} ${KHIEN_SQLITE})
target_compile_definitions(thu-thap PRIVATE
  FMT_HEADER_ONLY UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0601
  KHIEN_VERSION="${PROJECT_VERSION}")
target_precompile_headers(thu-thap PRIVATE <algorithm> <array> <cstdint> <filesystem>
  <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
  <utility> <variant> <vector> <tl/expected.hpp>)
target_compile_options(thu-thap PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-missing-field-initializers>)
foreach(target sqlite thu-thap)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:C,CXX>:-Os -ffunction-sections
                         -fdata-sections>)
endforeach()
target_link_options(thu-thap PRIVATE -static -s -Wl,--gc-sections -Wl,--dynamicbase
                    -Wl,--nxcompat)
target_link_libraries(thu-thap PRIVATE sqlite netapi32 iphlpapi ws2_32 ole32 oleaut32 crypt32
                      wintrust advapi32 shell32 uuid ssp)
