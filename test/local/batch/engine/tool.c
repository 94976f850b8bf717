/* The one program of the image that tests of container engines build: it does what its first argument says. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void stopped(int signal) {
  (void)signal;
  _exit(9);
}

static int show(void) {
  printf("uid %d, GIVEN=%s\n", (int)getuid(), getenv("GIVEN") ? getenv("GIVEN") : "");
  fprintf(stderr, "to stderr\n");
  return 3;
}

static int touch(const char *path) {
  FILE *file = fopen(path, "w");
  if (!file) return 4;
  fputs("written\n", file);
  return fclose(file);
}

static int reach(const char *url) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(strrchr(url, ':') + 1))};
  const char *request = "GET /_endpoint HTTP/1.0\r\n\r\n";
  char answer[9] = {0};
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) return 5;
  if (write(connection, request, strlen(request)) < 0 || read(connection, answer, 8) < 0) return 6;
  puts(answer);
  return 0;
}

static int devour(void) {
  for (;;) {
    char *piece = malloc(1 << 20);
    if (piece) memset(piece, 1, 1 << 20);
  }
}

int main(int count, char **words) {
  const char *wish = count > 1 ? words[1] : "show";
  if (strcmp(wish, "show") == 0) return show();
  if (strcmp(wish, "touch") == 0) return touch(words[2]);
  if (strcmp(wish, "reach") == 0) return reach(getenv("AWS_ENDPOINT_URL"));
  if (strcmp(wish, "devour") == 0) return devour();
  if (strcmp(wish, "wait") == 0) signal(SIGTERM, count > 2 ? SIG_IGN : stopped);
  printf("ready\n");
  fflush(stdout);
  for (;;) pause();
}
