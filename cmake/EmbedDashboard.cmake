# Embeds the built dashboard into the program. Run by the build (cmake -P) with
#   DIST      the folder with index.html; empty = embed nothing
#   OUTPUT    the C++ file to write
#   FUNCTION  the function of ripen::server that it defines
#   GZIP      the gzip program
# The bytes go in by the assembler (.incbin), which takes no time whatever their size.
set(work ${OUTPUT}.d)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})
set(blobs "")
set(rows "")
set(count 0)

function(embed name file)
  set(blobs "${blobs}asm(\".section .rodata,\\\"a\\\",@progbits\\n\"
    \".balign 16\\n\"
    \".hidden ${name}\\n\" \".global ${name}\\n\" \"${name}:\\n\"
    \".incbin \\\"${file}\\\"\\n\" \".previous\\n\");
extern \"C\" const char ${name}[];
" PARENT_SCOPE)
endfunction()

if(DIST)
  file(GLOB_RECURSE files RELATIVE ${DIST} ${DIST}/*)
  list(SORT files)
  foreach(file IN LISTS files)
    file(SHA256 ${DIST}/${file} sha)
    file(SIZE ${DIST}/${file} size)
    embed(${FUNCTION}_${count} ${DIST}/${file})
    set(gzip_view "{}")
    if(file MATCHES "\\.(html|js|css|svg|json|webmanifest|txt|map|ico)$")
      set(packed ${work}/${count}.gz)
      execute_process(COMMAND ${GZIP} -9 -n -c ${DIST}/${file} OUTPUT_FILE ${packed}
                      COMMAND_ERROR_IS_FATAL ANY)
      file(SIZE ${packed} packed_size)
      if(packed_size LESS size)
        embed(${FUNCTION}_${count}_gz ${packed})
        set(gzip_view "{${FUNCTION}_${count}_gz, ${packed_size}}")
      endif()
    endif()
    string(APPEND rows "    {\"/${file}\", \"${sha}\", {${FUNCTION}_${count}, ${size}}, ${gzip_view}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
endif()

set(text "// Written by cmake/EmbedDashboard.cmake.\n#include \"server/dashboard_files.h\"\n\n")
if(count EQUAL 0)
  string(APPEND text "namespace ripen::server {
EmbeddedFiles ${FUNCTION}() { return {}; }
}  // namespace ripen::server
")
else()
  string(APPEND text "${blobs}
namespace ripen::server {
namespace {
const EmbeddedFile kFiles[] = {
${rows}};
}  // namespace
EmbeddedFiles ${FUNCTION}() { return {kFiles, ${count}}; }
}  // namespace ripen::server
")
endif()
file(WRITE ${OUTPUT} "${text}")
