# The console: web/ built by Vite with what npm's lock file names, packed into the binary.
find_program(NPM npm)
set(web ${CMAKE_SOURCE_DIR}/web)
set(console_dist ${CMAKE_BINARY_DIR}/console)
set(console_made ${CMAKE_BINARY_DIR}/console_made)
file(MAKE_DIRECTORY ${console_made})
file(GLOB_RECURSE console_sources CONFIGURE_DEPENDS ${web}/src/* ${web}/public/*)
list(APPEND console_sources ${web}/index.html ${web}/vite.config.ts ${web}/svelte.config.js
     ${web}/tsconfig.json)
set(npm_packages ${web}/package.json ${web}/package-lock.json)

if(NPM)
  add_custom_command(OUTPUT ${console_made}/installed
    COMMAND ${NPM} ci --silent --no-audit --no-fund
    COMMAND ${CMAKE_COMMAND} -E touch ${console_made}/installed
    WORKING_DIRECTORY ${web} DEPENDS ${npm_packages} COMMENT "Installing what the console is built with")
  add_custom_command(OUTPUT ${console_dist}/index.html
    COMMAND ${NPM} run --silent build -- --logLevel warn --emptyOutDir --outDir ${console_dist}
    WORKING_DIRECTORY ${web} DEPENDS ${console_made}/installed ${console_sources}
    COMMENT "Building the console")
else()
  add_custom_command(OUTPUT ${console_dist}/index.html
    COMMAND ${CMAKE_COMMAND} -E echo "npm is missing, the console cannot be built: apt-get install npm"
    COMMAND false DEPENDS ${console_sources} COMMENT "Building the console")
endif()

add_executable(khien_pack_console tools/pack_console.cc)
target_link_libraries(khien_pack_console PRIVATE khien_base khien_format)
set(console_blob ${console_made}/console.blob)
set(console_rows ${console_made}/console_rows.inc)
add_custom_command(OUTPUT ${console_blob} ${console_rows}
  COMMAND khien_pack_console ${console_dist} ${console_blob} ${console_rows}
  DEPENDS khien_pack_console ${console_dist}/index.html COMMENT "Packing the console")
add_custom_target(console DEPENDS ${console_blob})

set(console_asm ${console_made}/console_blob.S)
file(CONFIGURE OUTPUT ${console_asm} CONTENT
"    .section .rodata
    .global khien_console_begin
    .balign 16
khien_console_begin:
    .incbin \"${console_blob}\"
    .byte 0
    .section .note.GNU-stack,\"\",@progbits
")
set_source_files_properties(${console_asm} PROPERTIES
  OBJECT_DEPENDS ${console_blob} COMPILE_OPTIONS "-Wno-error")
set_source_files_properties(tools/console_assets.cc PROPERTIES OBJECT_DEPENDS ${console_rows})
add_library(khien_console STATIC ${console_asm} tools/console_assets.cc)
target_include_directories(khien_console PUBLIC src PRIVATE ${console_made})
target_link_libraries(khien_console PUBLIC khien_hub)
