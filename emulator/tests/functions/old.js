module.exports = async ({ req, res }) => res.text(`${req.method} ${req.bodyText}`);
