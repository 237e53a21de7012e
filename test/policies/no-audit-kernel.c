/*
 * Answers auditctl in the kernel's place, so that it reads a file of rules to its end and loads nothing: to be put before the C
 * library (LD_PRELOAD). Every message is acknowledged; a request for the status says that auditing is on and all fields are known.
 */
#define _GNU_SOURCE
#include <linux/audit.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The other end of each socket. */
static int ends_of[1024];

static void answer(int fd, int type, unsigned sequence, const void *body, size_t size)
{
	struct { struct nlmsghdr head; char body[512]; } out;
	memset(&out, 0, sizeof(out));
	out.head.nlmsg_len = NLMSG_LENGTH(size);
	out.head.nlmsg_type = type;
	out.head.nlmsg_seq = sequence;
	memcpy(out.body, body, size);
	(void)!write(ends_of[fd], &out, out.head.nlmsg_len);
}

int socket(int domain, int type, int protocol)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) return -1;
	ends_of[ends[0]] = ends[1];
	return ends[0];
}

ssize_t sendto(int fd, const void *message, size_t length, int flags, const struct sockaddr *to, socklen_t size)
{
	const struct nlmsghdr *head = message;
	struct nlmsgerr done;
	memset(&done, 0, sizeof(done));
	done.msg = *head;
	answer(fd, NLMSG_ERROR, head->nlmsg_seq, &done, sizeof(done));
	if (head->nlmsg_type == AUDIT_GET) {
		struct audit_status status;
		memset(&status, 0, sizeof(status));
		status.enabled = 1;
		status.feature_bitmap = 0xffffffff;
		answer(fd, AUDIT_GET, head->nlmsg_seq, &status, sizeof(status));
	}
	if (head->nlmsg_type == AUDIT_LIST_RULES) answer(fd, NLMSG_DONE, head->nlmsg_seq, "", 0);
	return (ssize_t)length;
}

ssize_t recvfrom(int fd, void *buffer, size_t length, int flags, struct sockaddr *from, socklen_t *size)
{
	struct sockaddr_nl whom;
	memset(&whom, 0, sizeof(whom));
	whom.nl_family = AF_NETLINK;
	memcpy(from, &whom, sizeof(whom));
	*size = sizeof(whom);
	return recv(fd, buffer, length, flags);
}
